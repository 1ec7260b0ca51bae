package io.promptmill.spark.report;

import io.promptmill.spark.executor.ExecutorSnapshot;

/** How far a job is; fields as those of {@link ExecutorSnapshot}. */
record Progress(
    long rows,
    long errors,
    long promptTokens,
    long cachedTokens,
    long completionTokens,
    int waiting,
    int running) {
  static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);

  static Progress of(ExecutorSnapshot snapshot) {
    return new Progress(
        snapshot.rows(),
        snapshot.errors(),
        snapshot.promptTokens(),
        snapshot.cachedTokens(),
        snapshot.completionTokens(),
        snapshot.waiting(),
        snapshot.running());
  }

  Progress plus(Progress other) {
    return new Progress(
        rows + other.rows,
        errors + other.errors,
        promptTokens + other.promptTokens,
        cachedTokens + other.cachedTokens,
        completionTokens + other.completionTokens,
        waiting + other.waiting,
        running + other.running);
  }

  /** What was done since; the queue is that of now. */
  Progress since(Progress before) {
    return new Progress(
        rows - before.rows,
        errors - before.errors,
        promptTokens - before.promptTokens,
        cachedTokens - before.cachedTokens,
        completionTokens - before.completionTokens,
        waiting,
        running);
  }
}
