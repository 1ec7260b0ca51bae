package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.score.TaskRun;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.FewShotDefinition;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A task's definition under the keys of {@code configs} in results. */
final class TaskConfig {
  private TaskConfig() {}

  static Map<String, Object> of(TaskRun run) {
    TaskDefinition task = run.task();
    DatasetDefinition dataset = task.dataset();
    PromptDefinition prompt = task.prompt();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", task.name());
    config.put("task_alias", task.alias());
    if (!task.tags().isEmpty()) {
      config.put("tag", task.tags());
    }
    config.put("dataset_path", dataset.suite());
    config.put("test_split", dataset.evalSplit());
    FewShotDefinition fewShot = task.fewShot();
    if (fewShot != null && fewShot.split() != null) {
      config.put("fewshot_split", fewShot.split());
    }
    config.put("doc_to_text", prompt.docToText());
    config.put("doc_to_target", prompt.docToTarget());
    config.put("unsafe_code", false);
    putChoices(config, prompt.docToChoice());
    config.put("description", prompt.description());
    config.put("target_delimiter", prompt.targetDelimiter());
    config.put("fewshot_delimiter", prompt.fewshotDelimiter());
    if (fewShot != null) {
      config.put("fewshot_config", fewShot(fewShot));
    }
    config.put("num_fewshot", run.numFewshot());
    config.put("metric_list", task.metrics().stream().map(TaskConfig::metric).toList());
    config.put("output_type", task.outputType().name().toLowerCase(Locale.ROOT));
    if (task.outputType() == OutputType.GENERATE_UNTIL) {
      config.put("generation_kwargs", task.generationKwargs());
    }
    config.put("repeats", task.repeats());
    config.put("filter_list", task.filters().stream().map(TaskConfig::pipeline).toList());
    config.put("should_decontaminate", false);
    if (!prompt.genPrefix().isEmpty()) {
      config.put("gen_prefix", prompt.genPrefix());
    }
    config.put("metadata", metadata(task));
    return config;
  }

  private static void putChoices(Map<String, Object> config, PromptDefinition.Choices docToChoice) {
    if (docToChoice instanceof PromptDefinition.FixedChoices fixed) {
      config.put("doc_to_choice", fixed.texts());
    } else if (docToChoice instanceof PromptDefinition.TemplateOfChoices choices) {
      config.put("doc_to_choice", choices.template());
    }
  }

  private static Map<String, Object> fewShot(FewShotDefinition fewShot) {
    PromptDefinition prompt = fewShot.prompt();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("sampler", fewShot.sampler());
    config.put("split", fewShot.split());
    if (!fewShot.samples().isEmpty()) {
      config.put("samples", fewShot.samples().stream().map(document -> document.fields()).toList());
    }
    config.put("doc_to_text", prompt.docToText());
    putChoices(config, prompt.docToChoice());
    config.put("doc_to_target", prompt.docToTarget());
    config.put("fewshot_delimiter", prompt.fewshotDelimiter());
    config.put("target_delimiter", prompt.targetDelimiter());
    return config;
  }

  private static Map<String, Object> metric(MetricDefinition metric) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("metric", metric.metric());
    config.put("aggregation", metric.aggregation());
    config.put("higher_is_better", metric.higherIsBetter());
    config.putAll(metric.arguments());
    return config;
  }

  private static Map<String, Object> pipeline(FilterPipeline pipeline) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", pipeline.name());
    config.put("filter", pipeline.steps().stream().map(TaskConfig::step).toList());
    return config;
  }

  private static Map<String, Object> step(FilterPipeline.Step step) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("function", step.function());
    config.putAll(step.arguments());
    return config;
  }

  private static Map<String, Object> metadata(TaskDefinition task) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("version", task.version());
    metadata.put("config_source", task.origin());
    return metadata;
  }
}
