package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.KvLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContinuousBatchingEngineTest {
  private static final int VOCAB = 30;
  private static final int[] EOS = {0, 7};
  private static final Oracle ORACLE = new Oracle(VOCAB, EOS);

  @Test
  void drawsTheGreedyCompletionOfEveryPromptInABatch() {
    FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 200, 1));
    try (Engine engine = engine(model)) {
      List<int[]> prompts = prompts(20);
      List<CompletableFuture<GenerateResult>> futures =
          prompts.stream().map(prompt -> engine.submit(greedy(prompt, 20))).toList();
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(futures.get(i).join().completions())
            .usingRecursiveFieldByFieldElementComparator()
            .containsExactly(ORACLE.greedy(prompts.get(i), 20));
      }
    }
  }

  @Test
  void scoresCandidatesOfAnyLength() {
    FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 200, 1));
    try (Engine engine = engine(model)) {
      List<int[]> candidates = List.of(new int[] {3}, new int[] {4, 5, 6}, new int[] {4, 5, 9, 1});
      for (int[] context : prompts(10)) {
        for (int from = 0; from < 3; from++) {
          List<int[]> some = candidates.subList(from, 3);
          ScoreResult result = engine.submit(new Request.Score(context, some, true)).join();
          assertThat(result.continuations())
              .usingRecursiveFieldByFieldElementComparator()
              .containsExactlyElementsOf(
                  some.stream().map(candidate -> ORACLE.score(context, candidate)).toList());
        }
      }
    }
  }

  @Test
  void embedsAPromptByItsLastTokenWhateverIsCached() {
    FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 200, 1));
    try (Engine engine = engine(model)) {
      for (int[] prompt : prompts(10)) {
        EmbedResult first = engine.submit(new Request.Embed(prompt, Pooling.LAST)).join();
        EmbedResult again = engine.submit(new Request.Embed(prompt, Pooling.LAST)).join();
        assertThat(first.hidden())
            .isEqualTo(Arrays.copyOf(FakeLm.logitsAfter(prompt, VOCAB), FakeLm.HIDDEN))
            .isEqualTo(again.hidden());
        assertThat(again.promptTokens()).isEqualTo(prompt.length);
        assertThat(again.cachedTokens()).isGreaterThanOrEqualTo(first.cachedTokens());
      }
    }
  }

  @Test
  void embedsAPromptByTheMeanOfAllItsTokensWhateverIsCached() {
    FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 200, 1));
    try (Engine engine = engine(model)) {
      for (int[] prompt : prompts(10)) {
        engine.submit(greedy(prompt, 5)).join();
        EmbedResult result = engine.submit(new Request.Embed(prompt, Pooling.MEAN)).join();
        assertThat(result.hidden()).isEqualTo(ORACLE.meanState(prompt));
        assertThat(result.promptTokens()).isEqualTo(prompt.length);
        assertThat(result.cachedTokens()).isZero();
      }
    }
  }

  @Test
  void refusesToEmbedWhatIsTooLongOrEmpty() {
    FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 200, 1));
    try (Engine engine = engine(model)) {
      assertThat(engine.submit(new Request.Embed(new int[1001], Pooling.LAST)))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .havingRootCause()
          .withMessageContaining("prompt has 1001 tokens, it may have 800");
      assertThat(engine.submit(new Request.Embed(new int[0], Pooling.MEAN)))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .havingRootCause()
          .withMessageContaining("no tokens");
    }
  }

  private static Engine engine(FakeLm model) {
    return new ContinuousBatchingEngine(model, new EngineOptions(64, 16, 1000, true, EOS));
  }

  private static Request.Generate greedy(int[] prompt, int maxTokens) {
    return new Request.Generate(
        prompt, SamplingParams.greedy(maxTokens), 1, () -> StopCondition.NEVER);
  }

  private static List<int[]> prompts(int count) {
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(random.ints(random.nextInt(1, 40), 1, VOCAB).toArray());
    }
    return prompts;
  }
}
