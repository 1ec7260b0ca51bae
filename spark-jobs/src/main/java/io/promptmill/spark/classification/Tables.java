package io.promptmill.spark.classification;

import io.promptmill.spark.io.TablePrinter;
import java.util.List;
import java.util.Locale;

/** Numbers for the console. */
final class Tables {
  private static final int WIDEST = 32;

  private Tables() {}

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static List<String> lines(List<String> header, List<List<String>> rows) {
    return TablePrinter.print(header, rows, WIDEST).lines().toList();
  }

  static List<String> scores(List<LabelScore> labels) {
    return lines(
        List.of("label", "precision", "recall", "F1", "support", "predicted"),
        labels.stream()
            .map(
                label ->
                    List.of(
                        label.label(),
                        text("%.4f", label.precision()),
                        text("%.4f", label.recall()),
                        text("%.4f", label.f1()),
                        text("%,d", label.support()),
                        text("%,d", label.predicted())))
            .toList());
  }
}
