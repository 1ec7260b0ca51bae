package io.promptmill.spark.plan;

import java.util.concurrent.TimeUnit;

/** A task's tokens per second, from the opened model to the task's end. */
final class TokenRate implements AutoCloseable {
  private final InferMetrics metrics;
  private final long start = System.nanoTime();
  private long tokens;

  TokenRate(InferMetrics metrics) {
    this.metrics = metrics;
  }

  void add(RowCounts counts) {
    tokens += counts.promptTokens() + counts.completionTokens();
  }

  @Override
  public void close() {
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    metrics.tokensPerSecond().set(tokens / seconds);
  }
}
