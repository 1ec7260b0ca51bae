package io.promptmill.spark.eval.report.statistic;

import java.util.Collection;

/**
 * Equal bins of whole numbers with round borders.
 *
 * @param start of the first bin
 * @param width 1, 2 or 5 times a power of ten
 * @param count of bins
 */
public record Bins(long start, long width, int count) {

  /**
   * The finest bins that cover the values.
   *
   * @param values at least one, not negative
   */
  public static Bins over(Collection<Long> values, int most) {
    long least = values.stream().mapToLong(Long::longValue).min().orElseThrow();
    long largest = values.stream().mapToLong(Long::longValue).max().orElseThrow();
    long power = 1;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        long width = digit * power;
        long start = least / width * width;
        long count = (largest - start) / width + 1;
        if (count <= most) {
          return new Bins(start, width, (int) count);
        }
      }
      power *= 10;
    }
  }

  public int[] counts(Collection<Long> values) {
    int[] counts = new int[count];
    for (long value : values) {
      counts[(int) ((value - start) / width)]++;
    }
    return counts;
  }
}
