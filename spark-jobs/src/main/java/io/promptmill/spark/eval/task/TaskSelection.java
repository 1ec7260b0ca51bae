package io.promptmill.spark.eval.task;

import java.util.List;

/**
 * What {@code --tasks} asks for, each once, in the order asked.
 *
 * @param tasks at least one, members of the groups included
 * @param groups those named and the groups in them, outer before inner
 */
public record TaskSelection(List<TaskDefinition> tasks, List<GroupDefinition> groups) {
  public TaskSelection {
    tasks = List.copyOf(tasks);
    groups = List.copyOf(groups);
  }
}
