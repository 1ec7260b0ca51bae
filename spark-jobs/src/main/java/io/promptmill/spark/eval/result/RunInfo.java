package io.promptmill.spark.eval.result;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Facts of a run that scores do not have.
 *
 * @param version of Promptmill
 * @param model URI or name, as given
 * @param revision digest of the checkpoint
 * @param dtype that the model computed in
 * @param modelArguments that {@code config.model_args} shows beside model and dtype, such as {@code
 *     max_length}
 * @param limit of documents of each task
 * @param bootstrapIterations of standard errors
 * @param seed of few-shot examples
 * @param maxLength positions that contexts were cut to
 * @param chatTemplate where prompts went through one
 * @param fewshotAsMultiturn whether examples were turns of their own there
 * @param systemInstruction before the descriptions of tasks
 * @param started when the run began
 * @param seconds it took
 */
public record RunInfo(
    String version,
    String model,
    String revision,
    String dtype,
    Map<String, Object> modelArguments,
    OptionalInt limit,
    int bootstrapIterations,
    long seed,
    int maxLength,
    Optional<String> chatTemplate,
    boolean fewshotAsMultiturn,
    Optional<String> systemInstruction,
    Instant started,
    double seconds) {
  public RunInfo {
    modelArguments = Collections.unmodifiableMap(new LinkedHashMap<>(modelArguments));
  }
}
