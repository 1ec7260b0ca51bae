package io.promptmill.benchmark;

import io.promptmill.engine.Engine;
import io.promptmill.engine.EngineMetrics;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Documents a second of a scoring job, each time with an empty prefix cache. */
record MmluBenchmark(EngineSource engines, int repeats) {

  List<Measurement> run(List<int[]> documents, List<int[]> candidates, double limit) {
    List<Double> speeds = new ArrayList<>();
    List<Double> hits = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      try (Engine engine = engines.open()) {
        long start = System.nanoTime();
        List<CompletableFuture<ScoreResult>> futures = new ArrayList<>();
        for (int[] document : documents) {
          futures.add(engine.submit(new Request.Score(document, candidates, false)));
        }
        Requests.join(futures);
        speeds.add(documents.size() / ((System.nanoTime() - start) / 1e9));
        hits.add(hitRate(engine.metrics()));
      }
    }
    String name = documents.size() + " five-shot choice documents";
    Measurement speed = Measurement.of(Part.MMLU, name, "documents/s", speeds);
    return List.of(
        limit > 0 ? speed.within(limit) : speed,
        Measurement.of(Part.MMLU, name + ", cache hit rate", "of prompt tokens", hits));
  }

  /** Share of the prompt tokens that were found in the cache. */
  static double hitRate(EngineMetrics metrics) {
    return (double) metrics.cachedTokens() / Math.max(1, metrics.promptTokens());
  }
}
