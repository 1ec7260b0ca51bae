package io.promptmill.spark.eval.report.run;

import java.util.List;

/**
 * A group's scores.
 *
 * @param members names of tasks and groups, in order
 * @param scores none for a group that only gathers
 */
public record GroupRun(
    String name, String alias, int items, List<String> members, List<Score> scores) {
  public GroupRun {
    members = List.copyOf(members);
    scores = List.copyOf(scores);
  }
}
