package io.promptmill.spark.eval.report;

import static io.promptmill.spark.eval.report.ScriptJson.finite;

import io.promptmill.spark.eval.report.SampleChoice.LeftOut;
import io.promptmill.spark.eval.report.compare.Comparison;
import io.promptmill.spark.eval.report.compare.ComparisonRow;
import io.promptmill.spark.eval.report.compare.Scope;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunFacts;
import io.promptmill.spark.eval.report.run.RunFacts.TokenTotals;
import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.statistic.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All numbers of a page, in the form that its scripts read.
 *
 * @param scopes tasks and groups in the outline's order
 * @param plots the first one over all tasks, then one for each scope
 * @param leftOut what the page's samples lack
 */
record Summary(
    List<RunData> runs,
    List<TaskData> tasks,
    List<ScopeData> scopes,
    List<Plots> plots,
    List<ComparisonData> comparisons,
    LeftOut leftOut) {

  /**
   * @param name short, unique within the page
   */
  record RunData(
      String name,
      String model,
      String revision,
      String dtype,
      String date,
      Double seconds,
      TokenTotals tokens,
      String madeBy,
      String location) {}

  /**
   * @param primary key of the score that decides what is right
   * @param prefixes shared beginning of prompts, by run
   */
  record TaskData(String name, String alias, String primary, List<String> prefixes) {}

  /**
   * @param tasks indices of tasks in it
   */
  record ScopeData(
      String name,
      String alias,
      boolean group,
      int depth,
      List<Integer> tasks,
      List<ScopeRun> runs) {}

  /**
   * @param test {@code McNemar} or {@code t}
   */
  record RowData(
      int scope,
      String key,
      boolean higher,
      Double baseline,
      Double other,
      Double difference,
      Double stderr,
      Double low,
      Double high,
      String test,
      Double p,
      Double adjusted,
      int raised,
      int lowered,
      int pairs,
      int onlyBaseline,
      int onlyOther) {}

  record ComparisonData(int baseline, int other, List<RowData> rows) {}

  static Summary of(EvaluationReport report, TaskTable tasks, LeftOut leftOut) {
    List<ScopeData> scopes = new ArrayList<>();
    List<Plots> plots = new ArrayList<>();
    plots.add(Plots.of(report, List.copyOf(tasks.entries().keySet())));
    for (Scope scope : report.outline()) {
      List<ScopeRun> ofRuns = report.runs().stream().map(run -> ScopeRun.of(run, scope)).toList();
      scopes.add(
          new ScopeData(
              scope.name(),
              scope.alias(),
              scope.isGroup(),
              scope.depth(),
              scope.tasks().stream().map(name -> tasks.get(name).index()).toList(),
              ofRuns));
      plots.add(Plots.of(report, scope.tasks()));
    }
    return new Summary(
        runs(report.runs()),
        tasks.entries().values().stream().map(Summary::task).toList(),
        scopes,
        plots,
        report.comparisons().stream()
            .map(comparison -> comparison(comparison, report.outline()))
            .toList(),
        leftOut);
  }

  private static TaskData task(TaskTable.Entry task) {
    String primary = task.primary().map(Score::key).orElse(null);
    return new TaskData(task.name(), task.alias(), primary, task.prefixes());
  }

  private static List<RunData> runs(List<Run> runs) {
    List<String> names = RunNames.of(runs);
    List<RunData> data = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunFacts facts = runs.get(i).facts();
      data.add(
          new RunData(
              names.get(i),
              facts.model(),
              facts.revision().orElse(null),
              facts.dtype().orElse(null),
              facts.date().map(Object::toString).orElse(null),
              optional(facts.seconds()),
              facts.tokens().orElse(null),
              facts.madeBy(),
              runs.get(i).location()));
    }
    return data;
  }

  private static ComparisonData comparison(Comparison comparison, List<Scope> outline) {
    return new ComparisonData(
        comparison.baseline(),
        comparison.other(),
        comparison.rows().stream().map(row -> row(row, outline.indexOf(row.scope()))).toList());
  }

  private static RowData row(ComparisonRow row, int scope) {
    Optional<PairedDifference> difference = row.difference();
    return new RowData(
        scope,
        row.metric() + "," + row.filter(),
        row.higherIsBetter(),
        optional(row.baseline()),
        optional(row.other()),
        difference.map(PairedDifference::mean).orElse(null),
        difference.map(paired -> finite(paired.standardError())).orElse(null),
        difference.map(paired -> finite(paired.interval().low())).orElse(null),
        difference.map(paired -> finite(paired.interval().high())).orElse(null),
        row.isExact() ? "McNemar" : "t",
        finite(row.p()),
        finite(row.adjusted()),
        row.raised(),
        row.lowered(),
        row.pairs(),
        row.onlyBaseline(),
        row.onlyOther());
  }

  static Double optional(OptionalDouble value) {
    return value.isPresent() ? finite(value.getAsDouble()) : null;
  }
}
