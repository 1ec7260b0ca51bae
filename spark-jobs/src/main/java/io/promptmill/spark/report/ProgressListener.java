package io.promptmill.spark.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Prints a job's progress from time to time: over and over on one line of a terminal, as lines of
 * their own in a log.
 */
public final class ProgressListener implements AutoCloseable {
  private final ProgressBoard board;
  private final PrintStream out;
  private final boolean terminal;
  private final OptionalLong total;
  private final Progress start;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService timer;
  private Progress last = Progress.NONE;
  private long lastNanos = startNanos;
  private int lastWidth;

  /**
   * Starts printing.
   *
   * @param total rows of the job, if known
   * @param period between lines; zero prints none
   */
  public ProgressListener(
      ProgressBoard board, PrintStream out, boolean terminal, OptionalLong total, Duration period) {
    this.board = board;
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.start = board.total();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread thread = new Thread(body, "promptmill-progress-line");
              thread.setDaemon(true);
              return thread;
            });
    if (!period.isZero()) {
      var unused =
          timer.scheduleAtFixedRate(
              this::print, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void print() {
    long now = System.nanoTime();
    Progress done = board.total().since(start);
    String line =
        ProgressLine.format(
            done,
            done.since(last),
            (now - lastNanos) / 1e9,
            Duration.ofNanos(now - startNanos),
            total);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, lastWidth - line.length())));
      out.flush();
    } else {
      out.println(line);
    }
    lastWidth = line.length();
    last = done;
    lastNanos = now;
  }

  /** Stops, and leaves the terminal's line. */
  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      if (terminal && lastWidth > 0) {
        out.println();
      }
    }
  }
}
