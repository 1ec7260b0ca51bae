package io.promptmill.spark.classification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well one label is found. What is divided by nothing is 0, as in scikit-learn.
 *
 * @param support texts that have the label
 * @param predicted texts that got it
 * @param right texts that have it and got it
 */
record LabelScore(String label, long support, long predicted, long right) {

  double precision() {
    return ratio(right, predicted);
  }

  double recall() {
    return ratio(right, support);
  }

  /** Harmonic mean of precision and recall. */
  double f1() {
    return ratio(2 * right, predicted + support);
  }

  /** All labels' texts together. */
  static LabelScore micro(List<LabelScore> labels) {
    return new LabelScore(
        "micro",
        labels.stream().mapToLong(LabelScore::support).sum(),
        labels.stream().mapToLong(LabelScore::predicted).sum(),
        labels.stream().mapToLong(LabelScore::right).sum());
  }

  /** Mean over the labels that some text has or got. */
  static double macro(List<LabelScore> labels, ToDoubleFunction<LabelScore> score) {
    return labels.stream()
        .filter(label -> label.support + label.predicted > 0)
        .mapToDouble(score)
        .average()
        .orElse(0);
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("label", label);
    values.put("precision", precision());
    values.put("recall", recall());
    values.put("f1", f1());
    values.put("support", support);
    values.put("predicted", predicted);
    return values;
  }
}
