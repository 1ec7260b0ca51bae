package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.KvLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LifecycleTest {
  private static final int VOCAB = 40;
  private static final int[] NO_EOS = {};

  private final FakeLm model = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 100, 1));

  @Test
  void answersManyThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Engine engine = engine()) {
      List<Future<GenerateResult>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int first = 1 + i % 30;
        results.add(threads.submit(() -> engine.submit(greedy(8, first, 2, 3)).get()));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(results.get(i).get().completions())
            .usingRecursiveFieldByFieldElementComparator()
            .containsExactly(new Oracle(VOCAB, NO_EOS).greedy(new int[] {1 + i % 30, 2, 3}, 8));
      }
      assertThat(engine.metrics().requestsDone()).isEqualTo(200);
      assertThat(engine.metrics().completionTokens()).isEqualTo(200 * 8);
      assertThat(engine.metrics().waiting()).isZero();
      assertThat(engine.metrics().running()).isZero();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCancelledRequestFreesItsBlocksWithinAStep() throws Exception {
    Semaphore steps = new Semaphore(0);
    CountDownLatch decoding = new CountDownLatch(3);
    model.beforeStep(
        () -> {
          decoding.countDown();
          steps.acquireUninterruptibly();
        });
    try (Engine engine = engine()) {
      CompletableFuture<GenerateResult> endless = engine.submit(greedy(300, 1, 2, 3));
      CompletableFuture<GenerateResult> other = engine.submit(greedy(4, 4, 5));
      steps.release(2);
      decoding.await();
      assertThat(endless.cancel(false)).isTrue();
      steps.release(1000);
      other.join();
      assertThat(engine.metrics().running()).isZero();
      assertThat(engine.metrics().completionTokens()).isLessThan(10);
      assertThat(engine.metrics().requestsDone()).isEqualTo(2);
      assertThat(engine.metrics().requestsFailed()).isZero();
    }
  }

  @Test
  void closingFailsRunningAndQueuedRequestsAndClosesTheModel() {
    Engine engine =
        new ContinuousBatchingEngine(model, new EngineOptions(64, 1, 400, true, NO_EOS));
    List<CompletableFuture<GenerateResult>> futures =
        List.of(engine.submit(greedy(390, 1)), engine.submit(greedy(390, 2)));
    engine.close();
    engine.close();
    assertThat(model.closed()).isTrue();
    futures.forEach(future -> assertCode(future, ErrorCode.ENGINE_CLOSED));
    assertCode(engine.submit(greedy(1, 1)), ErrorCode.ENGINE_CLOSED);
  }

  @Test
  void aFailureOfTheThreadIsNoRowsOwn() {
    model.beforeStep(
        () -> {
          throw new OutOfMemoryError("test");
        });
    try (Engine engine = engine()) {
      assertThat(engine.isOpen()).isTrue();
      assertCode(engine.submit(greedy(1, 1)), ErrorCode.ENGINE_CLOSED);
      assertThat(engine.isOpen()).isFalse();
      assertThat(model.closed()).isTrue();
      assertCode(engine.submit(greedy(1, 1)), ErrorCode.ENGINE_CLOSED);
    }
  }

  @Test
  void mayBeClosedFromAFuturesDependent() {
    Engine engine = engine();
    engine.submit(greedy(2, 1)).thenRun(engine::close).join();
    engine.close();
    assertThat(model.closed()).isTrue();
  }

  @Test
  void anIdleEngineWaitsForTheNextRequest() {
    try (Engine engine = engine()) {
      engine.submit(greedy(2, 1)).join();
      long steps = engine.metrics().steps();
      assertThat(steps).isEqualTo(2);
      engine.submit(greedy(2, 1)).join();
      assertThat(engine.metrics().steps()).isEqualTo(4);
    }
  }

  @Test
  void preemptsTheYoungestWhenBlocksRunOutAndStillFinishesAll() {
    FakeLm small = new FakeLm(VOCAB, 64, new KvLayout(4, 2, 12, 1));
    try (Engine engine =
        new ContinuousBatchingEngine(small, new EngineOptions(64, 8, 40, true, NO_EOS))) {
      List<CompletableFuture<GenerateResult>> futures = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        futures.add(engine.submit(greedy(30, i, i + 1)));
      }
      for (int i = 1; i <= 8; i++) {
        assertThat(futures.get(i - 1).join().completions())
            .usingRecursiveFieldByFieldElementComparator()
            .containsExactly(new Oracle(VOCAB, NO_EOS).greedy(new int[] {i, i + 1}, 30));
      }
      assertThat(engine.metrics().preemptions()).isPositive();
    }
  }

  private Engine engine() {
    return new ContinuousBatchingEngine(model, new EngineOptions(64, 16, 400, true, NO_EOS));
  }

  private static Request.Generate greedy(int maxTokens, int... prompt) {
    return new Request.Generate(
        prompt, SamplingParams.greedy(maxTokens), 1, () -> StopCondition.NEVER);
  }

  private static void assertCode(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(future::join)
        .cause()
        .isInstanceOfSatisfying(
            PromptmillException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
