package io.promptmill.spark.eval.report.run;

import java.util.List;

/**
 * One evaluation of one model.
 *
 * @param location file of its scores
 * @param tasks in the file's order, those of groups included
 * @param groups in the file's order
 */
public record Run(String location, RunFacts facts, List<TaskRun> tasks, List<GroupRun> groups) {
  public Run {
    tasks = List.copyOf(tasks);
    groups = List.copyOf(groups);
  }
}
