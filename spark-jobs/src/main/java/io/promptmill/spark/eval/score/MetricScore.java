package io.promptmill.spark.eval.score;

import java.util.OptionalDouble;

/**
 * A score of a task or group.
 *
 * @param filter pipeline that made the answers
 * @param standardError empty where none is defined, as for a single sample
 * @param samples it is over
 */
public record MetricScore(
    String metric,
    String filter,
    double value,
    OptionalDouble standardError,
    boolean higherIsBetter,
    int samples) {

  /** Its name in results. */
  public String key() {
    return metric + "," + filter;
  }

  /** Name of its standard error in results. */
  public String standardErrorKey() {
    return metric + "_stderr," + filter;
  }
}
