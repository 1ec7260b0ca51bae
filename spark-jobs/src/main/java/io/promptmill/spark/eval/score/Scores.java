package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.task.GroupDefinition;
import java.util.List;

/**
 * Scores of one run of a model.
 *
 * @param tasks in the order of the run
 * @param groups after the groups in them
 */
public record Scores(List<TaskScore> tasks, List<GroupScore> groups) {

  /** Draws with replacement that lm-evaluation-harness makes unless told otherwise. */
  public static final int BOOTSTRAP_ITERATIONS = 100_000;

  public Scores {
    tasks = List.copyOf(tasks);
    groups = List.copyOf(groups);
  }

  /**
   * Scores what was answered. An item that failed is in no mean; {@link TaskScore.Sanity} counts
   * it.
   *
   * @param groups those to report, with all groups in them
   * @param bootstrapIterations 0 leaves out all standard errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a filter or metric does
   *     not fit the task's answers
   */
  public static Scores of(
      List<TaskRun> runs, List<GroupDefinition> groups, int bootstrapIterations) {
    List<TaskScore> tasks =
        runs.stream().map(run -> new TaskScorer(run, bootstrapIterations).score()).toList();
    return new Scores(tasks, new GroupScorer(tasks, groups).score());
  }
}
