package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.statistic.Interval;
import io.promptmill.spark.eval.report.statistic.PairedDifference;
import io.promptmill.spark.io.TablePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison for the console. */
public final class ComparisonTable {
  /** What the columns mean. */
  public static final String NOTE =
      "p: exact McNemar test for scores of 0 and 1, else paired t-test, two-sided. Holm p:"
          + " corrected over all rows of tasks, and apart over all rows of groups. up, down:"
          + " items whose score is higher or lower than the baseline's.";

  private static final int WIDEST = 40;
  private static final String NONE = "-";

  private ComparisonTable() {}

  /** Lines, each ended by a line feed. */
  public static String print(Comparison comparison) {
    List<String> header =
        List.of(
            "task",
            "metric",
            "baseline",
            "other",
            "difference",
            "95 % CI",
            "p",
            "Holm p",
            "up",
            "down",
            "pairs",
            "unpaired");
    List<List<String>> lines = new ArrayList<>();
    for (ComparisonRow row : comparison.rows()) {
      lines.add(line(row));
    }
    return TablePrinter.print(header, lines, WIDEST);
  }

  private static List<String> line(ComparisonRow row) {
    return List.of(
        "  ".repeat(row.scope().depth()) + row.scope().alias(),
        row.filter().equals("none") ? row.metric() : row.metric() + "," + row.filter(),
        score(row.baseline()),
        score(row.other()),
        row.difference().map(PairedDifference::mean).map(ComparisonTable::signed).orElse(NONE),
        row.difference()
            .filter(difference -> difference.pairs() > 1)
            .map(PairedDifference::interval)
            .map(ComparisonTable::interval)
            .orElse(NONE),
        p(row.p()),
        p(row.adjusted()),
        count(row.raised()),
        count(row.lowered()),
        count(row.pairs()),
        count(row.onlyBaseline() + row.onlyOther()));
  }

  private static String score(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%8.4f", value.getAsDouble()) : NONE;
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+10.4f", value);
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%+.4f %+.4f", interval.low(), interval.high());
  }

  private static String p(double p) {
    return Double.isNaN(p) ? NONE : String.format(Locale.ROOT, p < 0.001 ? "%.0e" : "%.3f", p);
  }

  private static String count(int count) {
    return String.format(Locale.ROOT, "%5d", count);
  }
}
