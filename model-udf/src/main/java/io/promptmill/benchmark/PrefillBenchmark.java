package io.promptmill.benchmark;

import io.promptmill.benchmark.BenchmarkSizes.Prompts;
import io.promptmill.engine.Engine;
import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.StopCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Prompt tokens a second: random prompts from submission to the first token of the last one. */
record PrefillBenchmark(EngineSource engines, int repeats) {
  private static final String UNIT = "tokens/s";

  Measurement run(Prompts shape) {
    int vocabulary = engines.model().info().vocabSize();
    SplittableRandom random = new SplittableRandom(shape.tokens());
    List<Double> values = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<int[]> prompts = Requests.random(random, shape.count(), shape.tokens(), vocabulary);
      try (Engine engine = engines.open()) {
        long start = System.nanoTime();
        complete(engine, prompts);
        double seconds = (System.nanoTime() - start) / 1e9;
        values.add(shape.count() * shape.tokens() / seconds);
      }
    }
    return Measurement.of(Part.PREFILL, "prefill " + shape, UNIT, values);
  }

  /** Computes prompts up to their first token, and leaves them in the prefix cache. */
  static List<GenerateResult> complete(Engine engine, List<int[]> prompts) {
    List<CompletableFuture<GenerateResult>> futures = new ArrayList<>();
    for (int[] prompt : prompts) {
      futures.add(engine.submit(Requests.complete(prompt, 1, StopCondition.NEVER)));
    }
    return Requests.join(futures);
  }
}
