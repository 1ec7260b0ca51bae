package io.promptmill.benchmark;

import io.promptmill.engine.Engine;
import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.StopCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Prompts and completion tokens a second of a job, each time with an empty prefix cache. */
record Gsm8kBenchmark(EngineSource engines, int completionTokens, int repeats) {

  /**
   * @param limit prompts a second, 0 if unknown
   */
  List<Measurement> run(List<int[]> prompts, double limit) {
    List<Double> speeds = new ArrayList<>();
    List<Double> tokenSpeeds = new ArrayList<>();
    List<Double> hits = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      try (Engine engine = engines.open()) {
        long start = System.nanoTime();
        List<CompletableFuture<GenerateResult>> futures = new ArrayList<>();
        for (int[] prompt : prompts) {
          futures.add(
              engine.submit(Requests.complete(prompt, completionTokens, StopCondition.NEVER)));
        }
        Requests.join(futures);
        double seconds = (System.nanoTime() - start) / 1e9;
        speeds.add(prompts.size() / seconds);
        tokenSpeeds.add(engine.metrics().completionTokens() / seconds);
        hits.add(MmluBenchmark.hitRate(engine.metrics()));
      }
    }
    String name = "%d five-shot prompts, %d new tokens".formatted(prompts.size(), completionTokens);
    Measurement speed = Measurement.of(Part.GSM8K, name, "prompts/s", speeds);
    return List.of(
        limit > 0 ? speed.within(limit) : speed,
        Measurement.of(Part.GSM8K, name, "generated tokens/s", tokenSpeeds),
        Measurement.of(Part.GSM8K, name + ", cache hit rate", "of prompt tokens", hits));
  }
}
