package io.promptmill.spark.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.ItemOutcome.TokenUse;
import io.promptmill.spark.eval.PromptText;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenUsesTest {
  private static final PromptText CONTEXT = new PromptText.Plain("c");

  @Test
  void withoutSharingEveryCandidateFeedsTheContext() {
    assertThat(candidates(List.of(1, 1, 1, 1), 100, 90, 0))
        .isEqualTo(new TokenUse(100, 90, 400, 0, 0));
    assertThat(candidates(List.of(1, 3), 100, 0, 0)).isEqualTo(new TokenUse(100, 0, 200, 0, 0));
  }

  /** Eighteen tokens before truncation to sixteen: as the engine's own test of left truncation. */
  @Test
  void truncatedCandidatesOfDifferentLengthsEachCountTheirOwnContext() {
    // contexts of 16, 15 and 1 tokens
    assertThat(candidates(List.of(1, 2, 1, 16), 16 + 15 + 1, 3, 17))
        .isEqualTo(new TokenUse(32, 3, 16 + 15 + 16 + 1, 17, 0));
    // only the longer one is truncated: 16 tokens before, 15 for it
    assertThat(candidates(List.of(1, 2), 16 + 15, 0, 1))
        .isEqualTo(new TokenUse(31, 0, 16 + 15, 1, 0));
  }

  private static TokenUse candidates(List<Integer> counts, int prompt, int cached, int truncated) {
    List<String> continuations = Collections.nCopies(counts.size(), "x");
    List<Double> sums = Collections.nCopies(counts.size(), -1.0);
    List<Boolean> greedy = Collections.nCopies(counts.size(), false);
    return TokenUses.of(
        new Ask.Score(CONTEXT, continuations),
        new Answer.Scores(sums, greedy, counts, prompt, cached, truncated));
  }

  @Test
  void aWholeTextIsFedOnce() {
    Answer answer = new Answer.Scores(List.of(-1.0), List.of(true), List.of(20), 1, 0, 0);

    assertThat(TokenUses.of(new Ask.WholeText("t"), answer))
        .isEqualTo(new TokenUse(20, 0, 20, 0, 0));
  }

  @Test
  void everyRepeatAsksForThePromptAndFailuresCostNothing() {
    Ask ask = new Ask.Generate(CONTEXT, new GenerationSettings(null, List.of()));

    assertThat(TokenUses.of(ask, new Answer.Texts(List.of("a", "b", "c"), 10, 4, 2, 21)))
        .isEqualTo(new TokenUse(10, 4, 30, 2, 21));
    assertThat(TokenUses.of(ask, new Answer.Failed("PROMPT_INVALID", "x")))
        .isEqualTo(TokenUse.NONE);
  }

  @Test
  void theSameQuestionAgainComputesNothing() {
    assertThat(TokenUses.again(new TokenUse(10, 4, 30, 2, 21)))
        .isEqualTo(new TokenUse(10, 10, 30, 2, 21));
  }
}
