package io.promptmill.spark.eval.task;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows a few filters and metrics by name. */
final class FakeScoring implements ScoringNames {

  private static final Set<String> FILTERS = Set.of("take_first", "regex");
  private static final Set<String> METRICS =
      Set.of(
          "acc",
          "acc_norm",
          "exact_match",
          "perplexity",
          "word_perplexity",
          "byte_perplexity",
          "bits_per_byte",
          "bleu",
          "chrf");

  @Override
  public Optional<String> problem(FilterPipeline.Step step) {
    return FILTERS.contains(step.function())
        ? Optional.empty()
        : Optional.of("unknown filter '" + step.function() + "'");
  }

  @Override
  public Optional<String> problem(MetricDefinition metric, OutputType outputType) {
    return METRICS.contains(metric.metric())
        ? Optional.empty()
        : Optional.of("unknown metric '" + metric.metric() + "'");
  }

  @Override
  public Optional<MetricDefinition> defaults(String metric) {
    return METRICS.contains(metric)
        ? Optional.of(new MetricDefinition(metric, "mean", true, Map.of()))
        : Optional.empty();
  }
}
