package io.promptmill.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One figure.
 *
 * @param part spelling of the {@link Part}
 * @param name what was measured
 * @param unit of the values
 * @param median of the values
 * @param values one for each repeat
 * @param limit what the machine's limits allow, see {@link Roofline}; null if unknown
 * @param share median ÷ limit; null if unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
    String part,
    String name,
    String unit,
    double median,
    List<Double> values,
    Double limit,
    Double share) {

  /** A figure without a limit. */
  static Measurement of(Part part, String name, String unit, List<Double> values) {
    return new Measurement(
        part.text(), name, unit, median(values), List.copyOf(values), null, null);
  }

  /** This figure with its limit in the same unit. */
  Measurement within(double most) {
    return new Measurement(part, name, unit, median, values, most, median / most);
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
