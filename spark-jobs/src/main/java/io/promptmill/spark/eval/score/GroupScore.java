package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.task.GroupDefinition;
import java.util.List;
import java.util.Map;

/**
 * Scores of a group over all tasks below it.
 *
 * @param members direct members that were run, in order
 * @param tasks all tasks below it that were run
 * @param scores one for each aggregated metric and pipeline; {@link MetricScore#samples} is over
 *     the tasks that have it
 * @param macroMeans unweighted mean over the same tasks by the score's key, as OpenCompass
 *     summarizes a suite
 */
public record GroupScore(
    GroupDefinition definition,
    List<String> members,
    List<String> tasks,
    List<MetricScore> scores,
    Map<String, Double> macroMeans,
    int scored) {
  public GroupScore {
    members = List.copyOf(members);
    tasks = List.copyOf(tasks);
    scores = List.copyOf(scores);
  }

  public String name() {
    return definition.name();
  }
}
