package io.promptmill.spark.eval.result;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.score.TaskRun;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.FewShotDefinition;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.GroupDefinition;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What lm-evaluation-harness wrote for invented tasks (src/test/python/make_harness_run.py), read
 * back as definitions and answers.
 *
 * @param results its results file
 * @param samples lines of its sample files by task
 */
record HarnessRun(
    JsonNode results,
    Map<String, List<JsonNode>> samples,
    List<TaskRun> runs,
    List<GroupDefinition> groups,
    String tables) {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Path FOLDER = Path.of("src", "test", "resources", "eval", "harness", "mill-a");

  static HarnessRun load() throws IOException {
    Map<String, List<JsonNode>> samples = new LinkedHashMap<>();
    JsonNode results = null;
    List<Path> files;
    try (Stream<Path> listed = Files.list(FOLDER)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.startsWith("results_")) {
        results = JSON.readTree(Files.readString(file));
      } else if (name.startsWith("samples_")) {
        String task = name.substring("samples_".length(), name.lastIndexOf('_'));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
        samples.put(task, lines);
      }
    }
    List<TaskRun> runs = new ArrayList<>();
    for (JsonNode config : results.get("configs")) {
      runs.add(run(config, results, samples.get(config.get("task").textValue())));
    }
    String tables = Files.readString(FOLDER.resolve("tables.txt"));
    return new HarnessRun(results, samples, runs, definitions(), tables);
  }

  private static List<GroupDefinition> definitions() {
    return List.of(
        new GroupDefinition(
            "everything",
            "everything",
            "1",
            List.of("world", "truths"),
            List.of(new GroupDefinition.GroupMetric("acc", true, List.of("none")))),
        new GroupDefinition(
            "world",
            "World",
            "2",
            List.of("world_rivers", "world_cities"),
            List.of(
                new GroupDefinition.GroupMetric("acc", true, List.of()),
                new GroupDefinition.GroupMetric("acc_norm", false, List.of()))));
  }

  private static TaskRun run(JsonNode config, JsonNode results, List<JsonNode> samples) {
    TaskDefinition task = definition(config, results);
    List<ItemOutcome> outcomes = new ArrayList<>();
    String firstFilter = task.filters().get(0).name();
    for (JsonNode sample : samples) {
      if (sample.get("filter").textValue().equals(firstFilter)) {
        outcomes.add(outcome(task, sample));
      }
    }
    int documents = results.at("/n-samples/" + task.name() + "/original").intValue();
    return new TaskRun(task, config.get("num_fewshot").intValue(), documents, outcomes);
  }

  private static TaskDefinition definition(JsonNode config, JsonNode results) {
    String name = config.get("task").textValue();
    List<MetricDefinition> metrics = new ArrayList<>();
    for (JsonNode node : config.get("metric_list")) {
      Map<String, Object> arguments = map(node);
      metrics.add(
          new MetricDefinition(
              (String) arguments.remove("metric"),
              (String) arguments.remove("aggregation"),
              (Boolean) arguments.remove("higher_is_better"),
              arguments));
    }
    List<FilterPipeline> filters = new ArrayList<>();
    for (JsonNode pipeline : config.path("filter_list")) {
      List<FilterPipeline.Step> steps = new ArrayList<>();
      for (JsonNode step : pipeline.get("filter")) {
        Map<String, Object> arguments = map(step);
        steps.add(new FilterPipeline.Step((String) arguments.remove("function"), arguments));
      }
      filters.add(new FilterPipeline(pipeline.get("name").textValue(), steps));
    }
    if (filters.isEmpty()) {
      filters.add(
          new FilterPipeline("none", List.of(new FilterPipeline.Step("take_first", Map.of()))));
    }
    PromptDefinition prompt =
        new PromptDefinition(
            config.get("description").textValue(),
            config.get("doc_to_text").textValue(),
            config.get("doc_to_target").textValue(),
            choices(config.path("doc_to_choice")),
            config.get("target_delimiter").textValue(),
            config.get("fewshot_delimiter").textValue(),
            "");
    return new TaskDefinition(
        name,
        results.at("/results/" + name + "/alias").textValue(),
        List.of(),
        results.at("/versions/" + name).asText(),
        OutputType.valueOf(config.get("output_type").textValue().toUpperCase(Locale.ROOT)),
        new DatasetDefinition(name, Map.of(), List.of(), Map.of(), "test", ""),
        prompt,
        new FewShotDefinition("dev", false, "default", List.of(), prompt),
        OptionalInt.empty(),
        config.has("generation_kwargs") ? map(config.get("generation_kwargs")) : Map.of(),
        1,
        filters,
        metrics,
        name + ".yaml");
  }

  private static PromptDefinition.Choices choices(JsonNode choice) {
    if (choice.isTextual()) {
      return new PromptDefinition.TemplateOfChoices(choice.textValue());
    }
    List<String> texts = new ArrayList<>();
    choice.forEach(text -> texts.add(text.textValue()));
    return texts.isEmpty()
        ? new PromptDefinition.NoChoices()
        : new PromptDefinition.FixedChoices(texts);
  }

  private static ItemOutcome outcome(TaskDefinition task, JsonNode sample) {
    List<JsonNode> arguments = new ArrayList<>();
    sample.get("arguments").forEach(arguments::add);
    List<String> choices = new ArrayList<>();
    if (task.outputType() == OutputType.MULTIPLE_CHOICE) {
      arguments.forEach(node -> choices.add(node.get("arg_1").textValue().substring(1)));
    }
    JsonNode responses = sample.get("resps");
    ModelCall call;
    ModelAnswer answer;
    String first = arguments.get(0).get("arg_0").textValue();
    switch (task.outputType()) {
      case GENERATE_UNTIL -> {
        PromptText context = new PromptText.Plain(first);
        call = new ModelCall.GenerateUntil(context, map(arguments.get(0).get("arg_1")), 1);
        answer = new ModelAnswer.Texts(List.of(responses.at("/0/0").textValue()));
      }
      case LOGLIKELIHOOD_ROLLING -> {
        call = new ModelCall.LoglikelihoodRolling(first);
        answer = new ModelAnswer.Rolling(responses.at("/0/0").asDouble());
      }
      default -> {
        List<ModelCall.Pair> pairs = new ArrayList<>();
        List<ModelAnswer.Likelihood> likelihoods = new ArrayList<>();
        for (JsonNode node : arguments) {
          PromptText context = new PromptText.Plain(node.get("arg_0").textValue());
          pairs.add(new ModelCall.Pair(context, node.get("arg_1").textValue()));
          JsonNode response = responses.get(likelihoods.size()).get(0);
          boolean greedy = response.get(1).textValue().equals("True");
          likelihoods.add(new ModelAnswer.Likelihood(response.get(0).asDouble(), greedy));
        }
        call = new ModelCall.Loglikelihood(pairs);
        answer = new ModelAnswer.Loglikelihoods(likelihoods);
      }
    }
    EvaluationItem item =
        new EvaluationItem(
            task.name(),
            sample.get("doc_id").intValue(),
            new Document(map(sample.get("doc"))),
            sample.get("target").textValue(),
            choices,
            call);
    return new ItemOutcome(item, answer, new ItemOutcome.TokenUse(40, 25, 90, 0, 4));
  }

  static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
