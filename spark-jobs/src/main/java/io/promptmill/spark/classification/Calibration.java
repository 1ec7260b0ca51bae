package io.promptmill.spark.classification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Whether probabilities are what they say: in ten bins of equal width, how probable answers were
 * and how often they were right (Guo et al. 2017, section 2).
 *
 * @param bins those that have answers, in order
 */
record Calibration(List<Bin> bins) {
  private static final int BINS = 10;

  /**
   * @param index from 0
   * @param count answers
   * @param probability sum over them
   * @param right how many were right
   */
  record Bin(int index, long count, double probability, long right) {
    Bin plus(Bin other) {
      return new Bin(
          index, count + other.count, probability + other.probability, right + other.right);
    }

    double meanProbability() {
      return probability / count;
    }

    double accuracy() {
      return (double) right / count;
    }
  }

  /**
   * @param parts of bins, as they were counted: those of a bin are added
   */
  static Calibration of(List<Bin> parts) {
    Map<Integer, Bin> bins = new TreeMap<>();
    parts.forEach(part -> bins.merge(part.index, part, Bin::plus));
    return new Calibration(List.copyOf(bins.values()));
  }

  /** Index of the bin that a probability falls in; null for null. */
  static Column bin(Column probability) {
    return functions
        .when(
            probability.isNotNull(),
            functions.least(functions.floor(probability.multiply(BINS)), functions.lit(BINS - 1L)))
        .cast("int");
  }

  /** Answers in all bins. */
  long count() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /** Mean distance between probability and accuracy, by bin, weighted with its answers. */
  double expectedError() {
    double distance = 0;
    for (Bin bin : bins) {
      distance += Math.abs(bin.probability - bin.right);
    }
    return bins.isEmpty() ? 0 : distance / count();
  }

  /** All ten bins; without answers, means are null. */
  List<Map<String, Object>> values() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      int index = i;
      Bin bin = bins.stream().filter(b -> b.index == index).findFirst().orElse(new Bin(i, 0, 0, 0));
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("from", (double) i / BINS);
      value.put("to", (i + 1.0) / BINS);
      value.put("count", bin.count);
      value.put("mean_probability", bin.count == 0 ? null : bin.meanProbability());
      value.put("accuracy", bin.count == 0 ? null : bin.accuracy());
      values.add(value);
    }
    return values;
  }

  /**
   * @param counted what answers are, for the header
   */
  List<String> table(String counted, String accuracy) {
    return Tables.lines(
        List.of("probability", counted, "mean probability", accuracy),
        bins.stream()
            .map(
                bin ->
                    List.of(
                        Tables.text("%.1f-%.1f", bin.index / 10.0, (bin.index + 1) / 10.0),
                        Tables.text("%,d", bin.count),
                        Tables.text("%.4f", bin.meanProbability()),
                        Tables.text("%.4f", bin.accuracy())))
            .toList());
  }
}
