package io.promptmill.engine;

/** Counts for {@link EngineMetrics}; written by the engine's thread alone. */
final class EngineCounters {
  private long promptTokens;
  private long cachedTokens;
  private long computedTokens;
  private long completionTokens;
  private long steps;
  private long preemptions;
  private long requestsDone;
  private long requestsFailed;
  private long stepNanos;

  void requestStarted(int prompt, int cached) {
    promptTokens += prompt;
    cachedTokens += cached;
  }

  void requestDone(boolean failed) {
    requestsDone++;
    if (failed) {
      requestsFailed++;
    }
  }

  void preempted() {
    preemptions++;
  }

  void tokenDrawn() {
    completionTokens++;
  }

  void stepDone(int tokens, long nanos) {
    steps++;
    computedTokens += tokens;
    stepNanos += nanos;
  }

  EngineMetrics snapshot(SequenceQueues queues, BlockPool pool) {
    return new EngineMetrics(
        promptTokens,
        cachedTokens,
        computedTokens,
        completionTokens,
        steps,
        preemptions,
        requestsDone,
        requestsFailed,
        queues.waitingCount(),
        queues.running().size(),
        pool.used(),
        pool.size(),
        stepNanos);
  }
}
