package io.promptmill.spark.executor;

import io.promptmill.engine.EngineMetrics;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rows of this JVM since it started, for progress while tasks run. Work that a failed task did
 * stays counted: exact numbers come from Spark's accumulators when tasks end.
 */
public final class LiveCounts {
  private static final LiveCounts JVM = new LiveCounts();

  private final LongAdder rows = new LongAdder();
  private final LongAdder errors = new LongAdder();

  LiveCounts() {}

  /** The JVM's own. */
  public static LiveCounts get() {
    return JVM;
  }

  public void add(long newRows, long newErrors) {
    rows.add(newRows);
    errors.add(newErrors);
  }

  /**
   * @param engines metrics of all engines in this JVM
   */
  public ExecutorSnapshot snapshot(String executorId, List<EngineMetrics> engines) {
    return new ExecutorSnapshot(
        executorId,
        rows.sum(),
        errors.sum(),
        engines.stream().mapToLong(EngineMetrics::promptTokens).sum(),
        engines.stream().mapToLong(EngineMetrics::cachedTokens).sum(),
        engines.stream().mapToLong(EngineMetrics::completionTokens).sum(),
        engines.stream().mapToInt(EngineMetrics::waiting).sum(),
        engines.stream().mapToInt(EngineMetrics::running).sum());
  }
}
