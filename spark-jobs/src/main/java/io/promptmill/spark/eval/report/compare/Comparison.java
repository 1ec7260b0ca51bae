package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.run.GroupRun;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.run.TaskRun;
import io.promptmill.spark.eval.report.statistic.Holm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Two runs, item by item.
 *
 * @param baseline index of the run that differences are taken from
 * @param other index of the run that is compared with it
 * @param rows in the outline's order, one for each metric
 */
public record Comparison(int baseline, int other, List<ComparisonRow> rows) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * Compares the first run with each other one. A group's items are pooled, so that every item
   * counts the same; a score that is no mean over items is shown without a difference.
   *
   * @param items of all runs by task
   */
  public static List<Comparison> of(
      List<Run> runs, List<Scope> outline, Map<String, List<Item>> items) {
    List<Comparison> comparisons = new ArrayList<>();
    for (int other = 1; other < runs.size(); other++) {
      List<ComparisonRow> rows = new ArrayList<>();
      for (Scope scope : outline) {
        rows.addAll(rows(runs.get(0), runs.get(other), other, scope, items));
      }
      adjust(rows, row -> row.scope().isGroup());
      adjust(rows, row -> !row.scope().isGroup());
      comparisons.add(new Comparison(0, other, rows));
    }
    return comparisons;
  }

  private static List<ComparisonRow> rows(
      Run baseline, Run other, int index, Scope scope, Map<String, List<Item>> items) {
    Map<String, Score> ofBaseline = scores(baseline, scope);
    Map<String, Score> ofOther = scores(other, scope);
    Map<String, Score> all = new LinkedHashMap<>(ofBaseline);
    ofOther.forEach(all::putIfAbsent);
    List<Item> within =
        scope.tasks().stream()
            .flatMap(task -> items.getOrDefault(task, List.of()).stream())
            .toList();
    List<ComparisonRow> rows = new ArrayList<>();
    for (Score score : all.values()) {
      boolean isMean = isMean(baseline, scope, score) && isMean(other, scope, score);
      rows.add(
          Pairing.of(isMean ? within : List.of(), 0, index, score)
              .row(scope, score, value(ofBaseline, score), value(ofOther, score)));
    }
    return rows;
  }

  /** Whether the run's items have the values that its score is the mean of. */
  private static boolean isMean(Run run, Scope scope, Score like) {
    return run.tasks().stream()
        .filter(task -> scope.tasks().contains(task.name()))
        .allMatch(
            task ->
                task.scores().stream()
                    .filter(score -> score.key().equals(like.key()))
                    .allMatch(task::isMean));
  }

  private static OptionalDouble value(Map<String, Score> scores, Score like) {
    Score score = scores.get(like.key());
    return score == null ? OptionalDouble.empty() : OptionalDouble.of(score.value());
  }

  /** A run's scores of a task or group by key; none where it has no such thing. */
  public static Map<String, Score> scores(Run run, Scope scope) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (TaskRun task : run.tasks()) {
      if (task.name().equals(scope.name())) {
        task.scores().forEach(score -> scores.put(score.key(), score));
      }
    }
    for (GroupRun group : run.groups()) {
      if (group.name().equals(scope.name())) {
        group.scores().forEach(score -> scores.put(score.key(), score));
      }
    }
    return scores;
  }

  private static void adjust(List<ComparisonRow> rows, Predicate<ComparisonRow> family) {
    double[] adjusted =
        Holm.adjust(rows.stream().filter(family).mapToDouble(ComparisonRow::p).toArray());
    int next = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (family.test(rows.get(i))) {
        rows.set(i, rows.get(i).withAdjusted(adjusted[next++]));
      }
    }
  }
}
