package io.promptmill.spark.eval.report.compare;

import java.util.List;

/**
 * A task or a group of tasks.
 *
 * @param depth in the tree, 0 for the top
 * @param tasks names of all tasks in it; for a task its own
 */
public record Scope(String name, String alias, boolean isGroup, int depth, List<String> tasks) {
  public Scope {
    tasks = List.copyOf(tasks);
  }
}
