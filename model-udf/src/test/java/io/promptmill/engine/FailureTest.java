package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.model.KvLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final int VOCAB = 40;
  private static final int POISON = 39;

  private final FakeLm model = new FakeLm(VOCAB, 500, new KvLayout(4, 2, 300, 1)).poison(POISON);

  @Test
  void onlyTheGuiltyRequestFailsAndItIsFoundByHalving() {
    LoopHarness harness = harness();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      tasks.add(harness.submit(score(1, 2, 3, 4, 5, 6, 7, i == 37 ? POISON : i % 30)));
    }
    harness.finish();

    for (int i = 0; i < 64; i++) {
      if (i == 37) {
        assertThat(LoopHarness.outcome(tasks.get(i))).isEqualTo("ENGINE_FAILED");
      } else {
        int[] context = {1, 2, 3, 4, 5, 6, 7, i % 30};
        assertThat(LoopHarness.outcome(tasks.get(i))).isEqualTo(expected(context));
      }
    }
    assertThat(model.failures()).isEqualTo(7);
    assertThat(harness.metrics().requestsFailed()).isEqualTo(1);
    assertThat(harness.metrics().requestsDone()).isEqualTo(64);
    CacheIntegrity.checkIdle(harness.cache().pool());
  }

  @Test
  void blocksOfAFailedStepAreNotReused() {
    LoopHarness harness = harness();
    harness.submit(score(1, 2, 3, 4, 5, 6, 7, 8, POISON));
    harness.finish();
    Task same = harness.submit(score(1, 2, 3, 4, 5, 6, 7, 8, 9));
    harness.finish();
    assertThat(same.cachedTokens()).isZero();
    assertThat(LoopHarness.outcome(same)).isEqualTo(expected(1, 2, 3, 4, 5, 6, 7, 8, 9));
  }

  @Test
  void aModelThatAlwaysFailsFailsEveryRequestWithItsCause() {
    try (Engine engine = engine(model.poison(1))) {
      List<CompletableFuture<ScoreResult>> futures =
          IntStream.range(0, 50).mapToObj(i -> engine.submit(score(1, 2, i % 30))).toList();
      for (CompletableFuture<ScoreResult> future : futures) {
        assertThatThrownBy(future::join)
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOf(PromptmillException.class)
            .hasMessageContaining("poisoned step")
            .hasRootCauseMessage("poisoned step");
      }
      assertThat(model.failures()).isLessThan(2 * 50);
    }
  }

  @Test
  void logitsThatAreNotNumbersFailTheirOwnRequestAlone() {
    try (Engine engine = engine(model.confuse(38))) {
      CompletableFuture<ScoreResult> bad = engine.submit(score(1, 38));
      CompletableFuture<GenerateResult> badToo =
          engine.submit(
              new Request.Generate(
                  new int[] {2, 38}, SamplingParams.greedy(3), 1, () -> StopCondition.NEVER));
      CompletableFuture<ScoreResult> good = engine.submit(score(1, 2));
      assertThatThrownBy(bad::join)
          .hasMessageContaining("expected finite logits after position 1, found")
          .hasMessageContaining("NaN");
      assertThatThrownBy(badToo::join).hasMessageContaining("expected finite logits");
      assertThat(good.join().continuations()).hasSize(1);
    }
  }

  @Test
  void aStopConditionThatThrowsFailsItsOwnRequestAlone() {
    try (Engine engine = engine(model)) {
      CompletableFuture<GenerateResult> bad =
          engine.submit(
              new Request.Generate(
                  new int[] {1},
                  SamplingParams.greedy(3),
                  1,
                  () ->
                      token -> {
                        throw new IllegalArgumentException("cannot decode");
                      }));
      CompletableFuture<ScoreResult> good = engine.submit(score(1, 2));
      assertThatThrownBy(bad::join).hasMessageContaining("cannot decode");
      assertThat(good.join().continuations()).hasSize(1);
    }
  }

  @Test
  void anErrorOfTheRuntimeFailsAllRequestsAndClosesTheEngine() {
    Engine engine =
        engine(
            model.beforeStep(
                () -> {
                  throw new LinkageError("native library is gone");
                }));
    CompletableFuture<ScoreResult> future = engine.submit(score(1, 2));
    assertThatThrownBy(future::join)
        .hasCauseInstanceOf(PromptmillException.class)
        .hasMessageContaining("native library is gone");
    engine.close();
    assertThat(model.closed()).isTrue();
    assertThatThrownBy(() -> engine.submit(score(1, 2)).join())
        .hasMessageContaining("the engine is closed");
  }

  private LoopHarness harness() {
    return new LoopHarness(model, options());
  }

  private static Engine engine(FakeLm model) {
    return new ContinuousBatchingEngine(model, options());
  }

  private static EngineOptions options() {
    return new EngineOptions(500, 100, 100, true, new int[] {0});
  }

  private static String expected(int... context) {
    return LoopHarness.text(new Oracle(VOCAB, new int[0]).score(context, new int[] {1}));
  }

  private static Request.Score score(int... context) {
    return new Request.Score(context, List.of(new int[] {1}), true);
  }
}
