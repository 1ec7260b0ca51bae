package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.List;

/**
 * What was asked of one task, and answered.
 *
 * @param numFewshot examples in each prompt
 * @param documents of the split, asked or not
 * @param outcomes one for each document that was asked, in any order
 */
public record TaskRun(
    TaskDefinition task, int numFewshot, int documents, List<ItemOutcome> outcomes) {
  public TaskRun {
    outcomes = List.copyOf(outcomes);
  }
}
