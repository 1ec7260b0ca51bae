package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.FewShotDefinition;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Tasks and outcomes for tests of scores. */
final class ScoringTasks {
  static final FilterPipeline TAKE_FIRST =
      new FilterPipeline("none", List.of(new FilterPipeline.Step("take_first", Map.of())));

  private ScoringTasks() {}

  static MetricDefinition mean(String metric) {
    return new MetricDefinition(metric, "mean", true, Map.of());
  }

  static TaskRun run(
      String name,
      OutputType outputType,
      List<FilterPipeline> filters,
      List<MetricDefinition> metrics,
      List<ItemOutcome> outcomes) {
    PromptDefinition prompt =
        new PromptDefinition(
            "", "{{q}}", "{{a}}", new PromptDefinition.NoChoices(), " ", "\n\n", "");
    TaskDefinition task =
        new TaskDefinition(
            name,
            name,
            List.of(),
            "1.0",
            outputType,
            new DatasetDefinition(name, Map.of(), List.of(), Map.of(), "test", ""),
            prompt,
            new FewShotDefinition("dev", false, "first_n", List.of(), prompt),
            OptionalInt.empty(),
            Map.of(),
            1,
            filters,
            metrics,
            name + ".yaml");
    return new TaskRun(task, 0, outcomes.size(), outcomes);
  }

  /** A multiple-choice task with accuracy and the given outcomes. */
  static TaskRun choices(String name, ItemOutcome... outcomes) {
    return run(
        name,
        OutputType.MULTIPLE_CHOICE,
        List.of(TAKE_FIRST),
        List.of(mean("acc"), mean("acc_norm")),
        List.of(outcomes));
  }

  static ItemOutcome choice(int docId, String target, List<String> choices, double... likelihoods) {
    PromptText context = new PromptText.Plain("?");
    ModelCall call =
        new ModelCall.Loglikelihood(
            choices.stream().map(choice -> new ModelCall.Pair(context, " " + choice)).toList());
    List<ModelAnswer.Likelihood> answers =
        IntStream.range(0, likelihoods.length)
            .mapToObj(i -> new ModelAnswer.Likelihood(likelihoods[i], false))
            .toList();
    return outcome(docId, target, choices, call, new ModelAnswer.Loglikelihoods(answers));
  }

  static ItemOutcome generated(int docId, String target, String... texts) {
    return outcome(docId, target, List.of(), generate(), new ModelAnswer.Texts(List.of(texts)));
  }

  static ItemOutcome failed(int docId) {
    return outcome(
        docId, "0", List.of(), generate(), new ModelAnswer.Failed("PROMPT_TOO_LONG", "too long"));
  }

  private static ModelCall generate() {
    return new ModelCall.GenerateUntil(new PromptText.Plain("?"), Map.of(), 1);
  }

  private static ItemOutcome outcome(
      int docId, String target, List<String> choices, ModelCall call, ModelAnswer answer) {
    Document document = new Document(Map.of("id", docId));
    return new ItemOutcome(
        new EvaluationItem("task", docId, document, target, choices, call),
        answer,
        ItemOutcome.TokenUse.NONE);
  }
}
