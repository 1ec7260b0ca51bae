package io.promptmill.spark.eval.task;

import java.util.List;

/**
 * Tasks scored together.
 *
 * @param members names of tasks and of other groups, in order
 * @param metrics what is aggregated; none for a group that only gathers
 */
public record GroupDefinition(
    String name, String alias, String version, List<String> members, List<GroupMetric> metrics) {
  public GroupDefinition {
    members = List.copyOf(members);
    metrics = List.copyOf(metrics);
  }

  /**
   * @param weightBySize whether every document counts the same, else every member
   * @param filters pipelines whose scores are aggregated, usually {@code none}
   */
  public record GroupMetric(String metric, boolean weightBySize, List<String> filters) {
    public GroupMetric {
      filters = List.copyOf(filters);
    }
  }
}
