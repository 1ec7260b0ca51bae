package io.promptmill.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the request whose tokens make a step fail. The requests of a failed step are suspects; they
 * run in halves, apart from all others, until they are past the point of the failure. A half that
 * fails is halved again; a request that fails alone is guilty. So n suspects cost about log2(n)
 * failing steps for each guilty one. One thread.
 */
final class FailureIsolation {
  private final Deque<List<Task>> groups = new ArrayDeque<>();

  boolean active() {
    return !groups.isEmpty();
  }

  /** Whether a sequence may take part in the next step. */
  boolean allows(Sequence sequence) {
    return groups.isEmpty() || (sequence.suspect() && groups.peek().contains(sequence.task()));
  }

  /** Forgets suspects that went past the point of the failure, or ended. */
  void dropCleared() {
    while (!groups.isEmpty()) {
      List<Task> suspects = groups.peek();
      suspects.removeIf(task -> task.live().stream().noneMatch(Sequence::suspect));
      if (!suspects.isEmpty()) {
        return;
      }
      groups.pop();
    }
  }

  /**
   * Takes note of a failed step.
   *
   * @return the guilty request if it was alone in the step
   */
  Optional<Task> stepFailed(StepPlan plan) {
    List<Task> tasks = new ArrayList<>();
    for (StepPlan.Chunk chunk : plan.chunks()) {
      chunk.sequence().suspect(chunk.from() + chunk.count());
      if (!tasks.contains(chunk.sequence().task())) {
        tasks.add(chunk.sequence().task());
      }
    }
    if (tasks.size() == 1) {
      return Optional.of(tasks.get(0));
    }
    if (!groups.isEmpty()) {
      groups.peek().removeAll(tasks);
    }
    int half = tasks.size() / 2;
    groups.push(new ArrayList<>(tasks.subList(half, tasks.size())));
    groups.push(new ArrayList<>(tasks.subList(0, half)));
    return Optional.empty();
  }
}
