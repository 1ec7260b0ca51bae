package io.promptmill.spark.eval.report.statistic;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean of paired differences with Student's paired t-test.
 *
 * @param pairs how many
 * @param mean of the differences
 * @param standardError of the mean; NaN below two pairs
 * @param interval 95 %, from the t distribution; NaN below two pairs
 * @param p two-sided; NaN below two pairs
 */
public record PairedDifference(
    int pairs, double mean, double standardError, Interval interval, double p) {

  /**
   * @param differences one for each pair, at least one
   */
  public static PairedDifference of(double[] differences) {
    int n = differences.length;
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    double mean = sum / n;
    if (n < 2) {
      return new PairedDifference(
          n, mean, Double.NaN, new Interval(Double.NaN, Double.NaN), Double.NaN);
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double error = Math.sqrt(squares / (n - 1) / n);
    TDistribution student = new TDistribution(null, n - 1);
    double half = student.inverseCumulativeProbability(0.5 + Interval.LEVEL / 2) * error;
    return new PairedDifference(
        n, mean, error, new Interval(mean - half, mean + half), p(student, mean, error));
  }

  private static double p(TDistribution student, double mean, double error) {
    if (error == 0) {
      return mean == 0 ? 1 : 0;
    }
    return 2 * student.cumulativeProbability(-Math.abs(mean / error));
  }
}
