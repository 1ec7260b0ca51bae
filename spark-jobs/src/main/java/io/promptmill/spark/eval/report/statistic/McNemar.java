package io.promptmill.spark.eval.report.statistic;

import org.apache.commons.math3.distribution.BinomialDistribution;

/** McNemar's exact test of paired 0/1 values (Q. McNemar, Psychometrika 12, 1947). */
public final class McNemar {
  private McNemar() {}

  /**
   * Two-sided p: how likely as uneven a split is if each pair that differs goes either way with
   * probability one half. Pairs that agree say nothing.
   *
   * @param gained pairs that went from 0 to 1
   * @param lost pairs that went from 1 to 0
   */
  public static double p(int gained, int lost) {
    int differing = gained + lost;
    if (differing == 0) {
      return 1;
    }
    double tail =
        new BinomialDistribution(null, differing, 0.5)
            .cumulativeProbability(Math.min(gained, lost));
    return Math.min(1, 2 * tail);
  }
}
