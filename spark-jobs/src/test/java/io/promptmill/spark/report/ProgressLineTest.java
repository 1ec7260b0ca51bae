package io.promptmill.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final Progress DONE = new Progress(500, 2, 40_000, 10_000, 9_000, 120, 64);

  @Test
  void showsRowsRatesCacheQueueFailuresAndTimeLeft() {
    Progress recent = new Progress(50, 0, 5_000, 0, 1_500, 0, 0);

    String line =
        ProgressLine.format(DONE, recent, 5, Duration.ofSeconds(100), OptionalLong.of(2000));

    assertThat(line)
        .isEqualTo(
            "500/2,000 rows (25%) | 1,000 tok/s in | 300 tok/s out | cache 25.0%"
                + " | 120 waiting, 64 running | 2 failed | ETA 5m00s");
  }

  @Test
  void saysWhatItDoesNotKnowYet() {
    String line =
        ProgressLine.format(
            Progress.NONE, Progress.NONE, 5, Duration.ofSeconds(5), OptionalLong.empty());

    assertThat(line)
        .isEqualTo("0 rows | 0 tok/s in | 0 tok/s out | cache - | 0 waiting, 0 running | ETA -");
  }

  @Test
  void durationsReadWell() {
    assertThat(ProgressLine.duration(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(ProgressLine.duration(Duration.ofSeconds(125))).isEqualTo("2m05s");
    assertThat(ProgressLine.duration(Duration.ofMinutes(62))).isEqualTo("1h02m");
  }
}
