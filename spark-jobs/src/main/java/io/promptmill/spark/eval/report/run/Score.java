package io.promptmill.spark.eval.report.run;

import java.util.OptionalDouble;

/**
 * An aggregated metric.
 *
 * @param metric name, such as {@code acc_norm}
 * @param filter pipeline that made the answers, {@code none} for none
 * @param stderr standard error, where the file has one
 */
public record Score(
    String metric, String filter, double value, OptionalDouble stderr, boolean higherIsBetter) {

  /** As in the file: {@code exact_match,strict-match}. */
  public String key() {
    return metric + "," + filter;
  }
}
