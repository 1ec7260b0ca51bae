package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.task.GroupDefinition;
import io.promptmill.spark.eval.task.GroupDefinition.GroupMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Aggregates scores of tasks over groups. */
final class GroupScorer {
  private final Map<String, TaskScore> tasks = new LinkedHashMap<>();
  private final Map<String, GroupDefinition> groups = new LinkedHashMap<>();

  GroupScorer(List<TaskScore> tasks, List<GroupDefinition> groups) {
    tasks.forEach(task -> this.tasks.put(task.name(), task));
    groups.forEach(group -> this.groups.put(group.name(), group));
  }

  /** Groups after the groups in them. */
  List<GroupScore> score() {
    Map<String, GroupScore> scores = new LinkedHashMap<>();
    groups.values().forEach(group -> score(group, scores));
    return List.copyOf(scores.values());
  }

  private void score(GroupDefinition group, Map<String, GroupScore> scores) {
    for (String member : group.members()) {
      if (groups.containsKey(member) && !scores.containsKey(member)) {
        score(groups.get(member), scores);
      }
    }
    if (!scores.containsKey(group.name())) {
      scores.put(group.name(), scoreOf(group));
    }
  }

  private GroupScore scoreOf(GroupDefinition group) {
    Set<String> names = new LinkedHashSet<>();
    collectTasks(group, names);
    List<TaskScore> below = names.stream().map(tasks::get).toList();
    List<MetricScore> scores = new ArrayList<>();
    Map<String, Double> macroMeans = new LinkedHashMap<>();
    for (GroupMetric metric : group.metrics()) {
      for (String filter : filters(metric, below)) {
        String key = metric.metric() + "," + filter;
        List<TaskScore> having =
            below.stream().filter(task -> task.score(key).isPresent()).toList();
        if (!having.isEmpty()) {
          MetricScore first = having.get(0).score(key).orElseThrow();
          double[] means = having.stream().mapToDouble(task -> value(task, key)).toArray();
          int[] sizes = having.stream().mapToInt(TaskScore::scored).toArray();
          macroMeans.put(key, Aggregations.mean(means));
          scores.add(
              new MetricScore(
                  metric.metric(),
                  filter,
                  metric.weightBySize() ? weightedMean(means, sizes) : Aggregations.mean(means),
                  standardError(metric, having, key, sizes),
                  first.higherIsBetter(),
                  Arrays.stream(sizes).sum()));
        }
      }
    }
    List<String> members =
        group.members().stream()
            .filter(member -> groups.containsKey(member) || tasks.containsKey(member))
            .toList();
    int scored = below.stream().mapToInt(TaskScore::scored).sum();
    return new GroupScore(group, members, List.copyOf(names), scores, macroMeans, scored);
  }

  private void collectTasks(GroupDefinition group, Set<String> names) {
    for (String member : group.members()) {
      if (tasks.containsKey(member)) {
        names.add(member);
      } else if (groups.containsKey(member)) {
        collectTasks(groups.get(member), names);
      }
    }
  }

  /** Those that the file names, else all with which the metric was computed. */
  private static Iterable<String> filters(GroupMetric metric, List<TaskScore> tasks) {
    if (!metric.filters().isEmpty()) {
      return metric.filters();
    }
    Set<String> filters = new TreeSet<>();
    for (TaskScore task : tasks) {
      task.scores().stream()
          .filter(score -> score.metric().equals(metric.metric()))
          .forEach(score -> filters.add(score.filter()));
    }
    return filters;
  }

  private static double value(TaskScore task, String key) {
    return task.score(key).orElseThrow().value();
  }

  private static double weightedMean(double[] means, int[] sizes) {
    double sum = 0;
    long documents = 0;
    for (int i = 0; i < means.length; i++) {
      sum += means[i] * sizes[i];
      documents += sizes[i];
    }
    return sum / documents;
  }

  /** Pooled for a mean over documents, of independent means for a mean over tasks. */
  private static OptionalDouble standardError(
      GroupMetric metric, List<TaskScore> tasks, String key, int[] sizes) {
    double squares = 0;
    long documents = 0;
    for (int i = 0; i < sizes.length; i++) {
      OptionalDouble ofTask = tasks.get(i).score(key).orElseThrow().standardError();
      if (ofTask.isEmpty()) {
        return OptionalDouble.empty();
      }
      double square = ofTask.getAsDouble() * ofTask.getAsDouble();
      squares += metric.weightBySize() ? (sizes[i] - 1) * square * sizes[i] : square;
      documents += sizes[i];
    }
    return OptionalDouble.of(
        metric.weightBySize()
            ? Math.sqrt(squares / (documents - sizes.length) / documents)
            : Math.sqrt(squares) / sizes.length);
  }
}
