package io.promptmill.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.executor.ExecutorSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ProgressBoard board = new ProgressBoard();

  private static ExecutorSnapshot rows(String executor, long rows) {
    return new ExecutorSnapshot(executor, rows, 0, 10 * rows, 0, 0, 1, 2);
  }

  private String run(boolean terminal) throws InterruptedException {
    board.update(rows("1", 100));
    try (ProgressListener listener =
        new ProgressListener(
            board,
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            terminal,
            OptionalLong.of(20),
            Duration.ofMillis(40))) {
      board.update(rows("1", 104));
      board.update(rows("2", 6));
      for (int i = 0; i < 200 && bytes.size() == 0; i++) {
        Thread.sleep(10);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsFromItsOwnStartAndOverAllExecutors() throws InterruptedException {
    assertThat(run(false).lines().findFirst().orElseThrow())
        .startsWith("10/20 rows (50%)")
        .contains("2 waiting, 4 running");
  }

  @Test
  void writesOneLineOverAndOverOnATerminal() throws InterruptedException {
    assertThat(run(true)).startsWith("\r10/20 rows").endsWith("\n");
  }

  @Test
  void aPeriodOfZeroIsSilent() {
    new ProgressListener(board, new PrintStream(bytes), false, OptionalLong.empty(), Duration.ZERO)
        .close();
    assertThat(bytes.size()).isZero();
  }
}
