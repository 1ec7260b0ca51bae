package io.promptmill.spark.eval.report.statistic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction for several tests (S. Holm, Scand. J. Statist. 6, 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values in the order given: those at or below a level can be called significant with
   * at most that probability of any false call among all.
   *
   * @param p values of one family; NaN stays NaN and does not count
   */
  public static double[] adjust(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    Arrays.fill(adjusted, Double.NaN);
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, (order.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
