package io.promptmill.spark.eval.task;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One task with includes and subject resolved. Names are lm-evaluation-harness's where the meaning
 * is the same.
 *
 * @param name as in {@code --tasks}
 * @param alias as in tables
 * @param tags other names that select it
 * @param version of the definition; a change of prompts or metrics changes it
 * @param outputType how the model is asked
 * @param dataset where documents come from
 * @param prompt how a document becomes text
 * @param fewShot where examples come from
 * @param numFewshot examples by default; empty where the file says nothing, which means 0
 * @param generationKwargs of {@code generate_until}
 * @param repeats samples of each document
 * @param filters at least one; {@code none} with {@code take_first} where the file has no list
 * @param metrics at least one
 * @param origin file of the definition, for messages and results
 */
public record TaskDefinition(
    String name,
    String alias,
    List<String> tags,
    String version,
    OutputType outputType,
    DatasetDefinition dataset,
    PromptDefinition prompt,
    FewShotDefinition fewShot,
    OptionalInt numFewshot,
    Map<String, Object> generationKwargs,
    int repeats,
    List<FilterPipeline> filters,
    List<MetricDefinition> metrics,
    String origin) {
  public TaskDefinition {
    tags = List.copyOf(tags);
    filters = List.copyOf(filters);
    metrics = List.copyOf(metrics);
  }
}
