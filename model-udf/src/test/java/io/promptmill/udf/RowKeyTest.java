package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowKeyTest {

  /** Changing these values changes every sampled output. */
  @Test
  void isTheHeadOfTheSha256OfTheIds() {
    assertThat(RowKey.of(new int[] {1, 2, 3})).isEqualTo(0x4636993d3e1da4e9L);
    assertThat(RowKey.of(new int[0])).isEqualTo(0xe3b0c44298fc1c14L);
  }
}
