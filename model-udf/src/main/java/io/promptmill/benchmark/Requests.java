package io.promptmill.benchmark;

import io.promptmill.engine.Request;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.StopCondition;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the workloads ask of an engine. */
final class Requests {
  private Requests() {}

  /** A greedy completion that only its length ends. */
  static Request.Generate complete(int[] prompt, int maxTokens, StopCondition stop) {
    SamplingParams params = SamplingParams.greedyToLength(maxTokens);
    return new Request.Generate(prompt, params, 0, () -> stop);
  }

  /** Prompts of random tokens. */
  static List<int[]> random(SplittableRandom random, int count, int tokens, int vocabulary) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(random.ints(tokens, 0, vocabulary).toArray());
    }
    return prompts;
  }

  /**
   * Waits for all and gives their results.
   *
   * @throws PromptmillException of the first one that failed
   */
  static <T> List<T> join(List<CompletableFuture<T>> futures) {
    List<T> results = new ArrayList<>();
    for (CompletableFuture<T> future : futures) {
      results.add(join(future));
    }
    return results;
  }

  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PromptmillException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
