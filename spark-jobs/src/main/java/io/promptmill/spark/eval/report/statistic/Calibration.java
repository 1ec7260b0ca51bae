package io.promptmill.spark.eval.report.statistic;

import java.util.ArrayList;
import java.util.List;

/**
 * Reliability of confidences: in ten equal bins of [0, 1], how sure the model was and how often it
 * was right (C. Guo et al., ICML 2017).
 */
public final class Calibration {
  public static final int BINS = 10;

  private final int[] items = new int[BINS];
  private final double[] confidence = new double[BINS];
  private final int[] right = new int[BINS];
  private int all;

  /**
   * @param meanConfidence NaN for a bin without items, as the next
   */
  public record Bin(int items, double meanConfidence, double shareRight) {}

  /**
   * @param probability of the chosen answer
   */
  public void add(double probability, boolean isRight) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    items[bin]++;
    confidence[bin] += probability;
    right[bin] += isRight ? 1 : 0;
    all++;
  }

  public int items() {
    return all;
  }

  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      bins.add(new Bin(items[i], confidence[i] / items[i], (double) right[i] / items[i]));
    }
    return bins;
  }

  /** Expected calibration error: mean over items of |confidence − share right| of their bins. */
  public double expectedError() {
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += Math.abs(confidence[i] - right[i]);
    }
    return sum / all;
  }
}
