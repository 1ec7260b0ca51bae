package io.promptmill.model;

import java.util.List;

/**
 * Which query rows of a step attend to which ranges of the cache. Every row occurs in one group for
 * each split from position 0 to its own position; the partial results are merged by log-sum-exp in
 * the order of the positions.
 */
public record AttentionPlan(List<AttentionGroup> groups) {

  public AttentionPlan {
    groups = List.copyOf(groups);
  }
}
