package io.promptmill.spark.eval.report.statistic;

import org.apache.commons.math3.distribution.NormalDistribution;

/** A 95 % confidence interval. */
public record Interval(double low, double high) {
  static final double LEVEL = 0.95;

  /** 1.96: two-sided quantile of the normal distribution. */
  private static final double QUANTILE =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.5 + LEVEL / 2);

  /** Of an estimate that is about normal. */
  public static Interval normal(double estimate, double standardError) {
    return new Interval(estimate - QUANTILE * standardError, estimate + QUANTILE * standardError);
  }

  /**
   * Of a share of successes: Wilson's score interval without continuity correction (E. B. Wilson,
   * JASA 22, 1927), which has a width at 0 and at 1 too.
   *
   * @param trials at least 1
   */
  public static Interval wilson(long successes, long trials) {
    double square = QUANTILE * QUANTILE;
    double share = (double) successes / trials;
    double centre = (share + square / (2 * trials)) / (1 + square / trials);
    double half =
        QUANTILE
            / (1 + square / trials)
            * Math.sqrt(share * (1 - share) / trials + square / (4.0 * trials * trials));
    return new Interval(
        successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
  }
}
