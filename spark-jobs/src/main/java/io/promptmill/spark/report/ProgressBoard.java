package io.promptmill.spark.report;

import io.promptmill.spark.executor.ExecutorSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest snapshot of each executor, on the driver. */
public final class ProgressBoard {
  private static final ProgressBoard JVM = new ProgressBoard();

  private final Map<String, ExecutorSnapshot> newest = new ConcurrentHashMap<>();

  ProgressBoard() {}

  /** The driver's own. */
  public static ProgressBoard get() {
    return JVM;
  }

  public void update(ExecutorSnapshot snapshot) {
    newest.put(snapshot.executorId(), snapshot);
  }

  /** Sum over executors. */
  Progress total() {
    return newest.values().stream().map(Progress::of).reduce(Progress.NONE, Progress::plus);
  }
}
