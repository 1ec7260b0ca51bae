package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.error.PromptmillException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float[] LOGITS = {1f, 3f, 3f, 0f, -2f, 2f};
  private static final int[] PROMPT = {1, 4};

  private final Sampler sampler = new Sampler(LOGITS.length);

  @Test
  void greedyTakesTheLowestIdAmongEquals() {
    assertThat(sampler.draw(LOGITS, sample(params(0, 0, 1, 0)))).isEqualTo(1);
  }

  @Test
  void leavesTheLogitsAsTheyWere() {
    float[] logits = LOGITS.clone();
    sampler.draw(logits, sample(penalties(2, 1, 1)));
    assertThat(logits).containsExactly(LOGITS);
  }

  @Test
  void drawsInProportionToTheSoftmaxAtTheTemperature() {
    double temperature = 1.5;
    double[] expected = new double[LOGITS.length];
    double total = 0;
    for (float logit : LOGITS) {
      total += Math.exp(logit / temperature);
    }
    int draws = 40_000;
    int[] counts = counts(params(temperature, 0, 1, 0), draws);
    for (int i = 0; i < LOGITS.length; i++) {
      expected[i] = Math.exp(LOGITS[i] / temperature) / total;
      double deviation = Math.sqrt(expected[i] * (1 - expected[i]) / draws);
      assertThat((double) counts[i] / draws).isCloseTo(expected[i], within(4 * deviation));
    }
  }

  @Test
  void topKKeepsExactlyKAndTheLowerIdAmongEquals() {
    assertThat(drawn(params(5, 1, 1, 0))).containsExactly(1);
    assertThat(drawn(params(5, 2, 1, 0))).containsExactly(1, 2);
    assertThat(drawn(params(5, 3, 1, 0))).containsExactly(1, 2, 5);
    assertThat(drawn(params(5, 100, 1, 0))).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesTheShare() {
    // Softmax of the logits: 1 and 2 have 0.391 each, 5 has 0.144, 0 has 0.053.
    assertThat(drawn(params(1, 0, 0.38, 0))).containsExactly(1);
    assertThat(drawn(params(1, 0, 0.40, 0))).containsExactly(1, 2);
    assertThat(drawn(params(1, 0, 0.78, 0))).containsExactly(1, 2);
    assertThat(drawn(params(1, 0, 0.79, 0))).containsExactly(1, 2, 5);
    assertThat(drawn(params(1, 0, 1e-9, 0))).containsExactly(1);
  }

  @Test
  void topPCountsWhatTopKLeftOver() {
    // Of the three left, 1 and 2 have 0.422 each.
    assertThat(drawn(params(1, 3, 0.84, 0))).containsExactly(1, 2);
    assertThat(drawn(params(1, 3, 0.85, 0))).containsExactly(1, 2, 5);
  }

  @Test
  void minPDropsWhatIsFarBelowTheMostLikely() {
    assertThat(drawn(params(1, 0, 1, 0.36))).containsExactly(1, 2, 5);
    assertThat(drawn(params(1, 0, 1, 0.37))).containsExactly(1, 2);
    assertThat(drawn(params(2, 0, 1, 0.36))).containsExactly(0, 1, 2, 5);
    assertThat(drawn(params(1, 0, 1, 1))).containsExactly(1, 2);
  }

  @Test
  void repetitionPenaltyDividesPositiveAndMultipliesNegativeLogitsOfPromptAndCompletion() {
    float[] logits = LOGITS.clone();
    Penalties penalties = new Penalties(penalties(2, 0, 0), PROMPT);
    penalties.drawn(5);
    penalties.drawn(5);
    penalties.apply(logits);
    assertThat(logits).containsExactly(1f, 1.5f, 3f, 0f, -4f, 1f);
  }

  @Test
  void presenceCountsOnceAndFrequencyEveryTimeInTheCompletionAlone() {
    float[] logits = LOGITS.clone();
    Penalties penalties = new Penalties(penalties(1, 0.5, 0.25), PROMPT);
    penalties.drawn(5);
    penalties.drawn(5);
    penalties.drawn(0);
    penalties.apply(logits);
    assertThat(logits).containsExactly(0.25f, 3f, 3f, 0f, -2f, 1f);
  }

  @Test
  void forbidsEndingTokensBeforeTheLeastLength() {
    SamplingParams params =
        new SamplingParams(5, 2, 0, 0, 1, 0, 1, 0, 0, List.of(), false, 1, -1, 0);
    Sample sample =
        new Sample(
            params,
            PROMPT,
            new int[] {1, 2},
            5,
            StopCondition.NEVER,
            new RowSeed(0, 0, 0),
            Optional.empty());
    assertThat(sample.needsLogits()).isTrue();
    assertThat(sampler.draw(LOGITS, sample)).isEqualTo(5);
  }

  @Test
  void failsWhereNoTokenCanBeDrawn() {
    float[] logits = new float[LOGITS.length];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> sampler.draw(logits, sample(params(1, 0, 1, 0))))
        .isInstanceOf(PromptmillException.class)
        .hasMessage("no token can be drawn: the largest of 6 logits is -Infinity");
    logits[0] = Float.NaN;
    assertThatThrownBy(() -> sampler.draw(logits, sample(params(0, 0, 1, 0))))
        .hasMessageContaining("NaN");
  }

  private Set<Integer> drawn(SamplingParams params) {
    int[] counts = counts(params, 3_000);
    Set<Integer> drawn = new TreeSet<>();
    for (int token = 0; token < counts.length; token++) {
      if (counts[token] > 0) {
        drawn.add(token);
      }
    }
    return drawn;
  }

  private int[] counts(SamplingParams params, int draws) {
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < draws; i++) {
      Sample sample =
          new Sample(
              params,
              PROMPT,
              new int[0],
              1,
              StopCondition.NEVER,
              new RowSeed(3, i, 0),
              Optional.empty());
      counts[sampler.draw(LOGITS, sample)]++;
    }
    return counts;
  }

  private static Sample sample(SamplingParams params) {
    return new Sample(
        params, PROMPT, new int[0], 1, StopCondition.NEVER, new RowSeed(0, 0, 0), Optional.empty());
  }

  private static SamplingParams params(double temperature, int topK, double topP, double minP) {
    return new SamplingParams(
        1, 0, temperature, topK, topP, minP, 1, 0, 0, List.of(), false, 1, -1, 0);
  }

  private static SamplingParams penalties(double repetition, double presence, double frequency) {
    return new SamplingParams(
        1, 0, 0, 0, 1, 0, repetition, presence, frequency, List.of(), false, 1, -1, 0);
  }
}
