package io.promptmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RooflineTest {
  /** One dense layer and one of 4 experts, 2 for each token. */
  private static final ModelWork WORK =
      new ModelWork(
          List.of(new ModelWork.Layer(100, 0, 10), new ModelWork.Layer(60, 80, 10)),
          4,
          2,
          50,
          6,
          3);

  @Test
  void aTokenMeetsTheDenseMatricesAndItsShareOfTheExperts() {
    assertThat(WORK.fullTokenFlops()).isEqualTo(2 * (100 + 60 + 40));
  }

  @Test
  void aPromptGoesOnBeyondTheLastLatentsWithItsLastTokenOnly() {
    double firstLayer = 3 * 2 * 100 + (1 + 2 + 3) * 6;
    double lastLayer = 3 * 2 * 10 + 2 * 100 + 3 * 6;
    assertThat(WORK.promptFlops(0, 3)).isEqualTo(firstLayer + lastLayer + 2 * 50);
  }

  @Test
  void cachedTokensCostNothingButToBeAttendedTo() {
    double firstLayer = 2 * 100 + 3 * 6;
    double lastLayer = 2 * 10 + 2 * 100 + 3 * 6;
    assertThat(WORK.promptFlops(2, 3)).isEqualTo(firstLayer + lastLayer + 2 * 50);
  }

  @Test
  void aStepReadsTheExpertsThatAtLeastOneSequenceMeets() {
    assertThat(WORK.stepBytes(1, 0, 2)).isEqualTo(2 * (50 + 100 + 60 + 40));
    assertThat(WORK.stepBytes(2, 0, 2)).isEqualTo(2 * (50 + 100 + 60 + 60));
    assertThat(WORK.stepBytes(1, 5, 2) - WORK.stepBytes(1, 0, 2)).isEqualTo(2 * 5 * 3 * 2);
  }

  @Test
  void theScarcerOfProductsAndReadsBindsAStep() {
    assertThat(new Roofline(WORK, 1e9, 1, 2).stepSeconds(1, 0)).isEqualTo(500);
    assertThat(new Roofline(WORK, 1, 1e9, 2).stepSeconds(1, 0)).isEqualTo(400 + 100);
  }

  @Test
  void aSharedPrefixIsComputedOnce() {
    List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4}, new int[] {1, 2, 3, 5});
    assertThat(Roofline.sharedPrefix(prompts)).isEqualTo(2);
    assertThat(Roofline.sharedPrefix(prompts.subList(0, 1))).isZero();
    assertThat(new Roofline(WORK, 1, 1, 2).promptSeconds(prompts))
        .isCloseTo(
            WORK.promptFlops(0, 3) + WORK.promptFlops(2, 3) + WORK.promptFlops(2, 4), within(1e-9));
  }
}
