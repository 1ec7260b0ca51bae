package io.promptmill.spark.eval.task;

import java.util.Optional;

/**
 * What the loader asks about filters and metrics, so that a wrong name fails with file and line.
 */
public interface ScoringNames {

  /** What is wrong with the step: unknown name or argument, missing argument, bad pattern. */
  Optional<String> problem(FilterPipeline.Step step);

  /** What is wrong with the metric for tasks of this kind. */
  Optional<String> problem(MetricDefinition metric, OutputType outputType);

  /** How a metric is aggregated where the file does not say, and whether higher is better. */
  Optional<MetricDefinition> defaults(String metric);
}
