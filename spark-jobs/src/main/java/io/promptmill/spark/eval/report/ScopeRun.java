package io.promptmill.spark.eval.report;

import static io.promptmill.spark.eval.report.ScriptJson.finite;

import io.promptmill.spark.eval.report.compare.Comparison;
import io.promptmill.spark.eval.report.compare.Scope;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.run.TaskRun;
import io.promptmill.spark.eval.report.run.TaskRun.Counts;
import io.promptmill.spark.eval.report.statistic.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One run of a task or group as the page shows it; counts are null where the files do not tell.
 *
 * @param scores by key
 */
record ScopeRun(
    int items,
    Integer failed,
    Integer truncated,
    Integer empty,
    Integer invalid,
    String version,
    Integer shots,
    Map<String, ScoreData> scores) {

  /**
   * @param low end of the 95 % interval
   * @param high end of the 95 % interval
   */
  record ScoreData(Double value, Double stderr, Double low, Double high, boolean higher) {}

  /** Null if the run has no such task. */
  static ScopeRun of(Run run, Scope scope) {
    List<TaskRun> tasks =
        run.tasks().stream().filter(task -> scope.tasks().contains(task.name())).toList();
    if (tasks.isEmpty()) {
      return null;
    }
    Optional<TaskRun> single = scope.isGroup() ? Optional.empty() : Optional.of(tasks.get(0));
    Map<String, ScoreData> scores = new LinkedHashMap<>();
    Comparison.scores(run, scope).forEach((key, score) -> scores.put(key, score(score, single)));
    return new ScopeRun(
        tasks.stream().mapToInt(task -> task.counts().items()).sum(),
        sum(tasks, Counts::failed),
        sum(tasks, Counts::truncatedPrompts),
        sum(tasks, Counts::emptyAnswers),
        sum(tasks, Counts::invalidExtractions),
        single.map(TaskRun::version).orElse(null),
        single
            .map(TaskRun::fewShot)
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .orElse(null),
        scores);
  }

  private static Integer sum(List<TaskRun> tasks, Function<Counts, OptionalInt> count) {
    List<Integer> known =
        tasks.stream()
            .map(TaskRun::counts)
            .map(count)
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .toList();
    return known.isEmpty() ? null : known.stream().mapToInt(Integer::intValue).sum();
  }

  private static ScoreData score(Score score, Optional<TaskRun> task) {
    Optional<Interval> interval = task.flatMap(single -> ofShare(score, single));
    if (interval.isEmpty() && score.stderr().isPresent()) {
      interval = Optional.of(Interval.normal(score.value(), score.stderr().getAsDouble()));
    }
    return new ScoreData(
        finite(score.value()),
        Summary.optional(score.stderr()),
        interval.map(Interval::low).orElse(null),
        interval.map(Interval::high).orElse(null),
        score.higherIsBetter());
  }

  /** Of a score that is the share of right items; empty for any other. */
  private static Optional<Interval> ofShare(Score score, TaskRun task) {
    long right = 0;
    long all = 0;
    for (Sample sample : task.samples()) {
      OptionalDouble value = sample.value(score.metric(), score.filter());
      if (value.isPresent()) {
        if (value.getAsDouble() != 0 && value.getAsDouble() != 1) {
          return Optional.empty();
        }
        right += value.getAsDouble() == 1 ? 1 : 0;
        all++;
      }
    }
    boolean isShare = all > 0 && Math.abs(score.value() - (double) right / all) < 1e-9;
    return isShare ? Optional.of(Interval.wilson(right, all)) : Optional.empty();
  }
}
