package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingWindowsTest {

  /**
   * Expected values printed by {@code get_rolling_token_windows(range(1, n + 1), 0, max, 1)}
   * through {@code make_disjoint_window} of lm-evaluation-harness.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 10 | [0]->[1, 2, 3]",
        "10 | 10 | [0]->[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        "11 | 4 | [0]->[1, 2, 3, 4] [4]->[5, 6, 7, 8] [7, 8]->[9, 10, 11]",
        "4 | 1 | [0]->[1] [1]->[2] [2]->[3] [3]->[4]",
        "9 | 4 | [0]->[1, 2, 3, 4] [4]->[5, 6, 7, 8] [5, 6, 7, 8]->[9]"
      })
  void windowsAreThoseOfTheHarness(int tokens, int maxInput, String expected) {
    int[] text = IntStream.rangeClosed(1, tokens).toArray();

    String windows =
        String.join(
            " ",
            RollingWindows.of(text, 0, maxInput).stream()
                .map(w -> Arrays.toString(w.context()) + "->" + Arrays.toString(w.predicted()))
                .toList());

    assertThat(windows).isEqualTo(expected);
  }

  @Test
  void aTextWithoutTokensHasNoWindow() {
    assertThat(RollingWindows.of(new int[0], 0, 4)).isEmpty();
  }
}
