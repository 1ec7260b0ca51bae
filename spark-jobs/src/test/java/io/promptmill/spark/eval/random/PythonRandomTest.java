package io.promptmill.spark.eval.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values are what CPython 3.11.7 printed. */
class PythonRandomTest {

  @Test
  void drawsTheBitsOfCpython() {
    PythonRandom random = new PythonRandom(1234);
    assertThat(IntStream.range(0, 4).mapToLong(i -> Integer.toUnsignedLong(random.bits(32))))
        .containsExactly(4150886329L, 3342196574L, 1892932127L, 501869158L);
  }

  @Test
  void staysTheSameOverManyTwists() {
    PythonRandom random = new PythonRandom(5);
    for (int i = 0; i < 2000; i++) {
      random.bits(32);
    }
    assertThat(Integer.toUnsignedLong(random.bits(32))).isEqualTo(3742285322L);
  }

  @Test
  void seedsWithMoreThanOneWordAndWithoutSign() {
    PythonRandom large = new PythonRandom((1L << 40) + 7);
    assertThat(IntStream.range(0, 3).mapToLong(i -> Integer.toUnsignedLong(large.bits(32))))
        .containsExactly(2635837658L, 3209733218L, 3500038837L);
    PythonRandom negative = new PythonRandom(-3);
    assertThat(IntStream.range(0, 2).mapToLong(i -> Integer.toUnsignedLong(negative.bits(32))))
        .containsExactly(1022050301L, 2545373330L);
  }

  @Test
  void drawsUniformNumbersAndFewBits() {
    PythonRandom random = new PythonRandom(0);
    assertThat(new double[] {random.uniform(), random.uniform(), random.uniform()})
        .containsExactly(0.8444218515250481, 0.7579544029403025, 0.420571580830845);
    assertThat(new int[] {random.bits(1), random.bits(7)}).containsExactly(0, 123);
    assertThat(Integer.toUnsignedLong(random.bits(32))).isEqualTo(2195908194L);
    assertThat(random.bits(31)).isEqualTo(1043521778);
  }

  @Test
  void drawsBelowABound() {
    PythonRandom random = new PythonRandom(7);
    assertThat(IntStream.of(1, 2, 3, 1000, Integer.MAX_VALUE).map(random::below))
        .containsExactly(0, 0, 1, 666, 103694312);
  }

  @Test
  void samplesTheExamplesOfTheFirstDocumentsOfGsm8k() {
    PythonRandom random = new PythonRandom(1234);
    assertThat(IntStream.range(0, 4).mapToObj(i -> random.sample(7473, 5)))
        .containsExactly(
            new int[] {6374, 3610, 957, 61, 742},
            new int[] {7462, 6610, 4769, 286, 5501},
            new int[] {5677, 687, 806, 6279, 2905},
            new int[] {1939, 142, 252, 6461, 129});
  }

  @Test
  void changesFromPoolToRejectionWhereCpythonDoes() {
    PythonRandom random = new PythonRandom(42);
    assertThat(random.sample(21, 5)).containsExactly(20, 3, 0, 8, 7);
    assertThat(random.sample(22, 5)).containsExactly(7, 4, 3, 21, 17);
    assertThat(random.sample(85, 6)).containsExactly(11, 75, 54, 4, 3, 84);
    assertThat(random.sample(86, 6)).containsExactly(27, 29, 64, 77, 3, 71);
    assertThat(random.sample(1, 1)).containsExactly(0);
    assertThat(random.sample(10, 0)).isEmpty();
  }

  @Test
  void drawsWithReplacementAndShuffles() {
    PythonRandom random = new PythonRandom(3);
    assertThat(random.choices(1000, 6)).containsExactly(237, 544, 369, 603, 625, 65);
    List<Integer> items = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
    assertThat(random.shuffled(items)).containsExactly(9, 6, 2, 3, 5, 1, 8, 4, 7, 0);
  }

  @Test
  void refusesToSampleMoreThanThereIs() {
    assertThatThrownBy(() -> new PythonRandom(1).sample(4, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot draw 5 of 4");
  }
}
