package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.GroupDefinition;
import io.promptmill.spark.eval.task.GroupDefinition.GroupMetric;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Scores of lm-evaluation-harness on data that cannot be shipped: {@code goldens/lm-eval} in the
 * folder that {@code promptmill.shared} names; skipped where it is absent.
 */
class SharedGoldensTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("promptmill.shared", "absent"), "goldens", "lm-eval");
  private static final FilterPipeline STRICT =
      pipeline("strict-match", Map.of("regex_pattern", "#### (\\-?[0-9\\.\\,]+)"));
  private static final FilterPipeline FLEXIBLE =
      pipeline(
          "flexible-extract",
          Map.of("group_select", -1, "regex_pattern", "(-?[$0-9.,]{2,})|(-?[0-9]+)"));
  private static final MetricDefinition EXACT_MATCH =
      new MetricDefinition(
          "exact_match",
          "mean",
          true,
          Map.of(
              "ignore_case",
              true,
              "ignore_punctuation",
              false,
              "regexes_to_ignore",
              List.of(",", "\\$", "(?s).*#### ", "\\.$")));

  @Test
  void everyGsm8kResponseIsFilteredAndJudgedAlike() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no goldens/lm-eval in promptmill.shared");
    Metric metric = Metrics.of(EXACT_MATCH, OutputType.GENERATE_UNTIL).metric();
    Map<String, Pipeline> pipelines =
        Map.of("strict-match", new Pipeline(STRICT), "flexible-extract", new Pipeline(FLEXIBLE));
    List<JsonNode> cases = ScoringFixtures.lines(FOLDER.resolve("gsm8k-filters.jsonl")).toList();
    assertThat(cases).hasSize(1640);
    for (JsonNode given : cases) {
      Document document = new Document(Map.of());
      Object filtered =
          pipelines
              .get(given.get("filter").textValue())
              .apply(List.of(given.get("response").textValue()), document);
      assertThat(filtered).as("%s", given).isEqualTo(given.get("filtered").textValue());
      EvaluationItem item =
          new EvaluationItem(
              "gsm8k", 0, document, given.get("answer").textValue(), List.of(), generate());
      assertThat(metric.of(item, List.of(filtered)))
          .as("%s", given)
          .isEqualTo(new SampleValue.Figure(given.get("exact_match").doubleValue()));
    }
  }

  @Test
  void everySampleHasTheSameFilteredAnswerAndMetricsAndEveryScoreAndErrorIsEqual()
      throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no goldens/lm-eval in promptmill.shared");
    List<JsonNode> samples = ScoringFixtures.lines(FOLDER.resolve("samples.jsonl")).toList();
    JsonNode results =
        ScoringFixtures.JSON.readTree(Files.readString(FOLDER.resolve("results.json")));
    Scores scores = Scores.of(runs(samples), groups(results), Scores.BOOTSTRAP_ITERATIONS);

    Map<String, SampleScore> ours = new LinkedHashMap<>();
    for (TaskScore task : scores.tasks()) {
      for (SampleScore sample : task.samples()) {
        ours.put(
            task.name() + " " + sample.outcome().item().docId() + " " + sample.filter(), sample);
      }
    }
    assertThat(ours).hasSize(888).hasSameSizeAs(samples);
    for (JsonNode sample : samples) {
      String key =
          "%s %d %s"
              .formatted(
                  sample.get("task").textValue(),
                  sample.get("doc_id").intValue(),
                  sample.get("filter").textValue());
      Map<String, Object> values = new LinkedHashMap<>();
      ours.get(key).values().forEach((metric, value) -> values.put(metric, value.logged()));
      assertThat(filtered(ours.get(key)))
          .as(key)
          .isEqualTo(ScoringFixtures.value(sample.get("filtered")));
      assertThat(values).as(key).isEqualTo(ScoringFixtures.map(sample.get("metrics")));
    }

    int compared = 0;
    for (TaskScore task : scores.tasks()) {
      compared += compare(results.get("results").get(task.name()), task.name(), task.scores());
    }
    for (GroupScore group : scores.groups()) {
      compared += compare(results.get("groups").get(group.name()), group.name(), group.scores());
    }
    assertThat(compared).isEqualTo(57 + 2 * 52 + 2 + 5 + 2);
  }

  private static List<Object> filtered(SampleScore sample) {
    return sample.filtered().stream()
        .map(
            answer ->
                answer instanceof ModelAnswer.Likelihood likelihood
                    ? List.of(likelihood.sum(), likelihood.greedy())
                    : answer)
        .toList();
  }

  private static int compare(JsonNode theirs, String name, List<MetricScore> scores) {
    for (MetricScore score : scores) {
      assertThat(score.value())
          .as("%s %s", name, score.key())
          .isCloseTo(theirs.get(score.key()).doubleValue(), within(1e-12));
      assertThat(score.standardError().orElseThrow())
          .as("%s %s", name, score.standardErrorKey())
          .isCloseTo(theirs.get(score.standardErrorKey()).doubleValue(), within(1e-12));
    }
    return scores.size();
  }

  /** One run of each task, in the order of the samples. */
  private static List<TaskRun> runs(List<JsonNode> samples) {
    Map<String, List<ItemOutcome>> outcomes = new LinkedHashMap<>();
    for (JsonNode sample : samples) {
      if (!sample.get("filter").textValue().equals("flexible-extract")) {
        outcomes
            .computeIfAbsent(sample.get("task").textValue(), task -> new ArrayList<>())
            .add(outcome(sample));
      }
    }
    List<TaskRun> runs = new ArrayList<>();
    outcomes.forEach(
        (task, ofTask) ->
            runs.add(
                task.equals("gsm8k")
                    ? ScoringTasks.run(
                        task,
                        OutputType.GENERATE_UNTIL,
                        List.of(STRICT, FLEXIBLE),
                        List.of(EXACT_MATCH),
                        ofTask)
                    : ScoringTasks.run(
                        task,
                        OutputType.MULTIPLE_CHOICE,
                        List.of(ScoringTasks.TAKE_FIRST),
                        task.startsWith("mmlu")
                            ? List.of(ScoringTasks.mean("acc"))
                            : List.of(ScoringTasks.mean("acc"), ScoringTasks.mean("acc_norm")),
                        ofTask)));
    return runs;
  }

  private static ItemOutcome outcome(JsonNode sample) {
    List<String> choices = new ArrayList<>();
    List<ModelCall.Pair> pairs = new ArrayList<>();
    List<ModelAnswer.Likelihood> likelihoods = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    PromptText context = new PromptText.Plain(sample.get("context").textValue());
    for (JsonNode request : sample.get("requests")) {
      if (request.has("response")) {
        texts.add(request.get("response").textValue());
      } else {
        String continuation = request.get("continuation").textValue();
        choices.add(continuation.substring(1));
        pairs.add(new ModelCall.Pair(context, continuation));
        likelihoods.add(
            new ModelAnswer.Likelihood(
                request.get("loglikelihood").doubleValue(),
                request.get("is_greedy").booleanValue()));
      }
    }
    EvaluationItem item =
        new EvaluationItem(
            sample.get("task").textValue(),
            sample.get("doc_id").intValue(),
            new Document(ScoringFixtures.map(sample.get("doc"))),
            sample.get("target").asText(),
            choices,
            texts.isEmpty() ? new ModelCall.Loglikelihood(pairs) : generate());
    ModelAnswer answer =
        texts.isEmpty()
            ? new ModelAnswer.Loglikelihoods(likelihoods)
            : new ModelAnswer.Texts(texts);
    return new ItemOutcome(item, answer, ItemOutcome.TokenUse.NONE);
  }

  /** MMLU's four groups are of consecutive tasks in the results. */
  private static List<GroupDefinition> groups(JsonNode results) {
    List<String> mmlu = new ArrayList<>();
    List<String> ceval = new ArrayList<>();
    results
        .get("results")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (results.get("groups").has(name)) {
                return;
              }
              if (name.startsWith("mmlu_")) {
                mmlu.add(name);
              } else if (name.startsWith("ceval-valid_")) {
                ceval.add(name);
              }
            });
    List<GroupDefinition> groups = new ArrayList<>();
    List<String> names =
        List.of("mmlu_stem", "mmlu_other", "mmlu_social_sciences", "mmlu_humanities");
    GroupMetric accuracy = new GroupMetric("acc", true, List.of("none"));
    groups.add(new GroupDefinition("mmlu", "mmlu", "2", names, List.of(accuracy)));
    int from = 0;
    for (String name : names) {
      int size = results.get("groups").get(name).get("sample_len").intValue() / 8;
      groups.add(
          new GroupDefinition(name, name, "2", mmlu.subList(from, from + size), List.of(accuracy)));
      from += size;
    }
    groups.add(
        new GroupDefinition(
            "ceval-valid",
            "ceval-valid",
            "2.0",
            ceval,
            List.of(accuracy, new GroupMetric("acc_norm", true, List.of()))));
    return groups;
  }

  private static FilterPipeline pipeline(String name, Map<String, Object> arguments) {
    return new FilterPipeline(
        name,
        List.of(
            new FilterPipeline.Step("regex", arguments),
            new FilterPipeline.Step("take_first", Map.of())));
  }

  private static ModelCall generate() {
    return new ModelCall.GenerateUntil(new PromptText.Plain(""), Map.of(), 1);
  }
}
