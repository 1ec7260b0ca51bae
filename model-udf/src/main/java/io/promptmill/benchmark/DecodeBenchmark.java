package io.promptmill.benchmark;

import io.promptmill.engine.Engine;
import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.StopCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Tokens a second while every sequence of a batch decodes. The prompts are distinct and are
 * computed before, into the prefix cache, so that all sequences start at nearly the same step; the
 * clock is that of the youngest one's tokens, from its second one on, when all others have theirs.
 */
record DecodeBenchmark(EngineSource engines, int context, int windowSteps, int repeats) {

  /** Far more steps than pass between the start of the oldest and of the youngest sequence. */
  private static final int AHEAD = 1024;

  /** Notes when the youngest sequence's tokens are drawn; runs on the engine's thread. */
  private static final class Clock implements StopCondition {
    private final List<Long> ticks = new ArrayList<>();

    @Override
    public boolean accept(int tokenId) {
      ticks.add(System.nanoTime());
      return false;
    }
  }

  Measurement run(int batch) {
    List<int[]> prompts =
        Requests.random(
            new SplittableRandom(batch), batch, context, engines.model().info().vocabSize());
    int steps = repeats * windowSteps;
    Clock clock = new Clock();
    try (Engine engine = engines.open()) {
      PrefillBenchmark.complete(engine, prompts);
      List<CompletableFuture<GenerateResult>> others = new ArrayList<>();
      // The others must not end before the youngest one; closing the engine ends them.
      int longer = Math.min(steps + AHEAD, engine.maxSequenceTokens() - context);
      for (int[] prompt : prompts.subList(1, batch)) {
        others.add(engine.submit(Requests.complete(prompt, longer, StopCondition.NEVER)));
      }
      Requests.join(engine.submit(Requests.complete(prompts.get(0), steps + 1, clock)));
      if (others.stream().anyMatch(CompletableFuture::isDone)) {
        throw new IllegalStateException("a sequence ended before the youngest one");
      }
    }
    List<Double> values = new ArrayList<>();
    for (int window = 0; window < repeats; window++) {
      long from = clock.ticks.get(window * windowSteps);
      long to = clock.ticks.get((window + 1) * windowSteps);
      values.add(batch * windowSteps / ((to - from) / 1e9));
    }
    return Measurement.of(Part.DECODE, "decode batch " + batch, "tokens/s", values);
  }

  /** Mean number of positions that a step of the measurement attends to. */
  double meanContext() {
    return context + repeats * windowSteps / 2.0;
  }
}
