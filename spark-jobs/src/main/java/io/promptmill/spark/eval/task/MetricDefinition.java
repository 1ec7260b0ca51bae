package io.promptmill.spark.eval.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of {@code metric_list}.
 *
 * @param metric name, such as {@code acc_norm}
 * @param aggregation over documents, such as {@code mean}; the metric's own where the file has none
 * @param higherIsBetter for tables and comparisons
 * @param arguments its other keys in the file's order, such as {@code regexes_to_ignore}
 */
public record MetricDefinition(
    String metric, String aggregation, boolean higherIsBetter, Map<String, Object> arguments) {
  public MetricDefinition {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
