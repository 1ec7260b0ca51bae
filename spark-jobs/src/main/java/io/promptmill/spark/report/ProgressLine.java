package io.promptmill.spark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** One line that says how far a job is. */
final class ProgressLine {
  private ProgressLine() {}

  /**
   * @param done since the job started
   * @param recent since the line before
   * @param seconds that {@code recent} took
   * @param elapsed since the job started
   * @param total rows of the job, if known
   */
  static String format(
      Progress done, Progress recent, double seconds, Duration elapsed, OptionalLong total) {
    List<String> parts = new ArrayList<>();
    parts.add(rows(done, total));
    parts.add(number("%,.0f tok/s in", recent.promptTokens() / seconds));
    parts.add(number("%,.0f tok/s out", recent.completionTokens() / seconds));
    parts.add(
        done.promptTokens() == 0
            ? "cache -"
            : number("cache %.1f%%", 100.0 * done.cachedTokens() / done.promptTokens()));
    parts.add(done.waiting() + " waiting, " + done.running() + " running");
    if (done.errors() > 0) {
      parts.add(done.errors() + " failed");
    }
    parts.add("ETA " + eta(done, elapsed, total));
    return String.join(" | ", parts);
  }

  private static String rows(Progress done, OptionalLong total) {
    if (total.isEmpty()) {
      return String.format(Locale.ROOT, "%,d rows", done.rows());
    }
    double percent = total.getAsLong() == 0 ? 100 : 100.0 * done.rows() / total.getAsLong();
    return String.format(
        Locale.ROOT, "%,d/%,d rows (%.0f%%)", done.rows(), total.getAsLong(), percent);
  }

  private static String eta(Progress done, Duration elapsed, OptionalLong total) {
    if (total.isEmpty() || done.rows() == 0) {
      return "-";
    }
    long left = Math.max(0, total.getAsLong() - done.rows());
    return duration(elapsed.multipliedBy(left).dividedBy(done.rows()));
  }

  /** {@code 1h02m}, {@code 3m05s}, {@code 12s}. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    return seconds >= 60 ? "%dm%02ds".formatted(seconds / 60, seconds % 60) : seconds + "s";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
