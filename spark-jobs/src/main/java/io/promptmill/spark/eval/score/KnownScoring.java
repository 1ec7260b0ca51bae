package io.promptmill.spark.eval.score;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.ScoringNames;
import java.util.Map;
import java.util.Optional;

/** The filters and metrics that there are, as the loader of task files asks for them. */
public final class KnownScoring implements ScoringNames {

  @Override
  public Optional<String> problem(FilterPipeline.Step step) {
    return problemOf(() -> Filters.of(step));
  }

  @Override
  public Optional<String> problem(MetricDefinition metric, OutputType outputType) {
    return problemOf(() -> Metrics.of(metric, outputType));
  }

  @Override
  public Optional<MetricDefinition> defaults(String metric) {
    return Optional.ofNullable(Metrics.BY_NAME.get(metric))
        .map(
            form ->
                new MetricDefinition(metric, form.aggregation(), form.higherIsBetter(), Map.of()));
  }

  private static Optional<String> problemOf(Runnable construction) {
    try {
      construction.run();
      return Optional.empty();
    } catch (PromptmillException e) {
      return Optional.of(e.getMessage());
    }
  }
}
