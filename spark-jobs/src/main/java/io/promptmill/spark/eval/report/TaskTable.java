package io.promptmill.spark.eval.report;

import io.promptmill.spark.eval.report.compare.Item;
import io.promptmill.spark.eval.report.compare.Scope;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.run.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tasks in the page's order.
 *
 * @param entries by name, in the outline's order
 */
record TaskTable(Map<String, Entry> entries) {

  /** Shorter shared beginnings are not worth storing apart. */
  private static final int SHORTEST_PREFIX = 40;

  /**
   * @param index in the page
   * @param primary score that decides what is right and wrong
   * @param prefixes beginning that all prompts of the task share, by run
   */
  record Entry(
      int index, String name, String alias, Optional<Score> primary, List<String> prefixes) {}

  static TaskTable of(List<Run> runs, List<Scope> outline, Map<String, List<Item>> items) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Scope scope : outline) {
      if (scope.isGroup()) {
        continue;
      }
      List<String> prefixes = new ArrayList<>();
      for (int run = 0; run < runs.size(); run++) {
        prefixes.add(sharedPrefix(items.getOrDefault(scope.name(), List.of()), run));
      }
      entries.put(
          scope.name(),
          new Entry(
              entries.size(), scope.name(), scope.alias(), primary(runs, scope.name()), prefixes));
    }
    return new TaskTable(entries);
  }

  Entry get(String task) {
    return entries.get(task);
  }

  /** The first score whose items are 0 or 1, else the first one. */
  private static Optional<Score> primary(List<Run> runs, String name) {
    List<TaskRun> tasks =
        runs.stream()
            .flatMap(run -> run.tasks().stream())
            .filter(task -> task.name().equals(name))
            .toList();
    return tasks.stream()
        .flatMap(task -> task.scores().stream().filter(score -> isRightOrWrong(task, score)))
        .findFirst()
        .or(() -> tasks.stream().flatMap(task -> task.scores().stream()).findFirst());
  }

  private static boolean isRightOrWrong(TaskRun task, Score score) {
    List<Double> values =
        task.samples().stream()
            .map(sample -> sample.value(score.metric(), score.filter()))
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    return !values.isEmpty() && values.stream().allMatch(value -> value == 0 || value == 1);
  }

  private static String sharedPrefix(List<Item> items, int run) {
    String shared = null;
    int prompts = 0;
    for (Item item : items) {
      for (String prompt : item.samples().get(run).map(Sample::prompts).orElse(List.of())) {
        shared = shared == null ? prompt : shared.substring(0, common(shared, prompt));
        prompts++;
      }
    }
    return prompts < 2 || shared.length() < SHORTEST_PREFIX ? "" : shared;
  }

  /** Characters that both begin with; never half of a pair of surrogates. */
  private static int common(String one, String other) {
    int length = Math.min(one.length(), other.length());
    int i = 0;
    while (i < length && one.charAt(i) == other.charAt(i)) {
      i++;
    }
    return i > 0 && Character.isHighSurrogate(one.charAt(i - 1)) ? i - 1 : i;
  }
}
