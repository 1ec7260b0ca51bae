package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowSeedTest {
  private static final double PINNED = 0.9217616540191534;

  @Test
  void dependsOnNothingButSeedRowSampleAndPosition() {
    assertThat(new RowSeed(1, 2, 3).uniform(4)).isEqualTo(new RowSeed(1, 2, 3).uniform(4));
    // Pinned, so that a rerun of an old job draws the same tokens.
    assertThat(new RowSeed(1, 2, 3).uniform(4)).isEqualTo(PINNED);
  }

  @Test
  void anyOfTheFourGivesAnotherNumber() {
    Set<Double> numbers = new HashSet<>();
    for (int i = 0; i < 256; i++) {
      numbers.add(new RowSeed(i & 3, i >> 2 & 3, i >> 4 & 3).uniform(i >> 6));
    }
    assertThat(numbers).hasSize(256);
  }

  @Test
  void isUniformOverPositionsAndOverRows() {
    RowSeed row = new RowSeed(9, 9, 0);
    double overPositions = 0;
    double overRows = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      overPositions += row.uniform(i);
      overRows += new RowSeed(9, i, 0).uniform(0);
    }
    double deviation = Math.sqrt(1.0 / 12 / draws);
    assertThat(overPositions / draws).isCloseTo(0.5, within(4 * deviation));
    assertThat(overRows / draws).isCloseTo(0.5, within(4 * deviation));
  }
}
