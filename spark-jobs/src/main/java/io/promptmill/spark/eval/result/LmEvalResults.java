package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.score.GroupScore;
import io.promptmill.spark.eval.score.MetricScore;
import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import io.promptmill.spark.io.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The document of {@code results_<date>.json} with the keys of lm-evaluation-harness 0.4.13, and
 * what only Promptmill knows under {@code promptmill}.
 */
final class LmEvalResults {
  private final RunInfo run;
  private final Scores scores;

  LmEvalResults(RunInfo run, Scores scores) {
    this.run = run;
    this.scores = scores;
  }

  String json() {
    return PythonJson.indented(document());
  }

  /** The document as maps and lists; tables are made of it. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("results", results());
    Map<String, Object> groups = groups();
    if (!groups.isEmpty()) {
      document.put("groups", groups);
    }
    document.put("group_subtasks", subtasks());
    document.put("configs", byTask(task -> TaskConfig.of(task.run())));
    document.put("versions", versions());
    document.put("n-shot", numFewshot());
    document.put("higher_is_better", higherIsBetter());
    document.put("n-samples", samples());
    document.put("config", config());
    document.put("git_hash", null);
    document.put("date", run.started().toEpochMilli() / 1000.0);
    document.put("max_length", run.maxLength());
    document.put("task_hashes", byTask(LmEvalResults::hash));
    document.put("model_source", "promptmill");
    document.put("model_name", run.model());
    document.put("model_name_sanitized", sanitized(run.model()));
    document.put("system_instruction", run.systemInstruction().orElse(null));
    document.put("system_instruction_sha", run.systemInstruction().map(Sha256::of).orElse(null));
    document.put("fewshot_as_multiturn", run.fewshotAsMultiturn());
    document.put("chat_template", run.chatTemplate().orElse(null));
    document.put("chat_template_sha", run.chatTemplate().map(Sha256::of).orElse(null));
    document.put("total_evaluation_time_seconds", String.valueOf(run.seconds()));
    document.put("promptmill", new RunFacts(run, scores).document());
    return document;
  }

  /** For a file's name. */
  static String sanitized(String model) {
    return model.replaceAll("[\"<>:/|\\\\?*\\[\\]]+", "__");
  }

  private Map<String, Object> results() {
    Map<String, Object> results = new LinkedHashMap<>();
    for (TaskScore task : scores.tasks()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", task.name());
      entry.put("alias", task.run().task().alias());
      entry.put("sample_len", task.scored());
      task.scores().forEach(score -> put(entry, score));
      results.put(task.name(), entry);
    }
    scores.groups().forEach(group -> results.put(group.name(), entry(group)));
    return results;
  }

  private Map<String, Object> groups() {
    Map<String, Object> groups = new LinkedHashMap<>();
    for (GroupScore group : scores.groups()) {
      if (!group.definition().metrics().isEmpty()) {
        groups.put(group.name(), entry(group));
      }
    }
    return groups;
  }

  private static Map<String, Object> entry(GroupScore group) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("alias", group.definition().alias());
    entry.put("name", group.name());
    if (group.definition().metrics().isEmpty()) {
      return entry;
    }
    entry.put("sample_len", group.scored());
    group.scores().forEach(score -> put(entry, score));
    Map<String, Object> counts = new LinkedHashMap<>();
    group.scores().forEach(score -> counts.put(score.key(), score.samples()));
    if (!counts.isEmpty()) {
      entry.put("sample_count", counts);
    }
    return entry;
  }

  private static void put(Map<String, Object> entry, MetricScore score) {
    entry.put(score.key(), score.value());
    boolean known = score.standardError().isPresent();
    entry.put(
        score.standardErrorKey(), known ? (Object) score.standardError().getAsDouble() : "N/A");
  }

  private Map<String, Object> subtasks() {
    Map<String, Object> subtasks = new LinkedHashMap<>();
    scores.groups().forEach(group -> subtasks.put(group.name(), group.members()));
    return subtasks;
  }

  private Map<String, Object> versions() {
    Map<String, Object> versions =
        new TreeMap<>(byTask(task -> number(task.run().task().version())));
    scores.groups().forEach(group -> versions.put(group.name(), group.definition().version()));
    return versions;
  }

  /** The harness has the versions of tasks as the numbers that files write. */
  private static Object number(String version) {
    if (version.matches("[0-9]{1,9}")) {
      return Long.valueOf(version);
    }
    return version.matches("[0-9]{1,9}\\.[0-9]{1,9}") ? (Object) Double.valueOf(version) : version;
  }

  private Map<String, Object> numFewshot() {
    Map<String, Object> shots = new TreeMap<>(byTask(task -> task.run().numFewshot()));
    for (GroupScore group : scores.groups()) {
      Set<Object> ofTasks = group.tasks().stream().map(shots::get).collect(Collectors.toSet());
      if (ofTasks.size() == 1) {
        shots.put(group.name(), ofTasks.iterator().next());
      }
    }
    return shots;
  }

  private Map<String, Object> higherIsBetter() {
    Map<String, Object> directions =
        new TreeMap<>(
            byTask(
                task -> {
                  Map<String, Object> ofTask = new LinkedHashMap<>();
                  task.run()
                      .task()
                      .metrics()
                      .forEach(metric -> ofTask.put(metric.metric(), metric.higherIsBetter()));
                  return ofTask;
                }));
    for (GroupScore group : scores.groups()) {
      Map<String, Object> ofGroup = new LinkedHashMap<>();
      for (String task : group.tasks()) {
        ((Map<?, ?>) directions.get(task))
            .forEach(
                (metric, higher) ->
                    ofGroup.merge(
                        (String) metric, higher, (a, b) -> a.equals(b) ? a : "inconsistent"));
      }
      ofGroup.replaceAll((metric, higher) -> higher instanceof Boolean ? higher : null);
      if (!ofGroup.isEmpty()) {
        directions.put(group.name(), ofGroup);
      }
    }
    return directions;
  }

  private Map<String, Object> samples() {
    return byTask(
        task -> {
          Map<String, Object> counts = new LinkedHashMap<>();
          counts.put("original", task.run().documents());
          counts.put("effective", task.scored());
          return counts;
        });
  }

  private Map<String, Object> config() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("pretrained", run.model());
    arguments.put("dtype", run.dtype());
    arguments.putAll(run.modelArguments());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model", "promptmill");
    config.put("model_args", arguments);
    config.put("model_dtype", run.dtype());
    config.put("model_revision", run.revision());
    config.put("batch_size", null);
    config.put("batch_sizes", List.of());
    config.put("device", null);
    config.put("use_cache", null);
    config.put("limit", run.limit().isPresent() ? (Object) run.limit().getAsInt() : null);
    config.put("bootstrap_iters", run.bootstrapIterations());
    config.put("gen_kwargs", null);
    config.put("fewshot_seed", run.seed());
    return config;
  }

  private static String hash(TaskScore task) {
    StringBuilder hashes = new StringBuilder();
    for (SampleScore sample : task.samples()) {
      hashes.append(new SampleLine(sample).hashes());
    }
    return Sha256.of(hashes.toString());
  }

  private Map<String, Object> byTask(Function<TaskScore, Object> value) {
    Map<String, Object> byTask = new LinkedHashMap<>();
    scores.tasks().forEach(task -> byTask.put(task.name(), value.apply(task)));
    return byTask;
  }
}
