package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.score.GroupScore;
import io.promptmill.spark.eval.score.MetricScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Scores for a terminal, in lm-evaluation-harness's layout: tasks and groups in one table, groups
 * again in a second with the unweighted mean over their tasks as column Macro, then what the means
 * do not show.
 */
public final class ScoreTable {
  private static final List<String> HEADER =
      List.of("Tasks", "Version", "Filter", "n-shot", "Metric", "", "Value", "", "Stderr");

  private final Scores scores;
  private final Map<String, TaskScore> tasks = new HashMap<>();
  private final Map<String, GroupScore> groups = new HashMap<>();

  /** Depth of each name in the hierarchy, in the order of rows. */
  private final Map<String, Integer> depths = new LinkedHashMap<>();

  private ScoreTable(Scores scores) {
    this.scores = scores;
    scores.tasks().forEach(task -> tasks.put(task.name(), task));
    scores.groups().forEach(group -> groups.put(group.name(), group));
    TreeSet<String> roots = new TreeSet<>(groups.keySet());
    scores.groups().forEach(group -> group.members().forEach(roots::remove));
    roots.forEach(root -> place(root, 0));
    new TreeSet<>(tasks.keySet()).forEach(task -> depths.putIfAbsent(task, 0));
  }

  /** Lines, each ended by a line feed. */
  public static String print(Scores scores) {
    ScoreTable table = new ScoreTable(scores);
    StringBuilder out = new StringBuilder(table.tasks());
    if (scores.groups().stream().anyMatch(group -> !group.scores().isEmpty())) {
      out.append('\n').append(table.groups());
    }
    String notes = table.notes();
    return notes.isEmpty() ? out.toString() : out.append('\n').append(notes).toString();
  }

  private void place(String name, int depth) {
    depths.put(name, depth);
    if (groups.containsKey(name)) {
      new TreeSet<>(groups.get(name).members()).forEach(member -> place(member, depth + 1));
    }
  }

  private String tasks() {
    List<List<String>> rows = new ArrayList<>();
    depths.forEach((name, depth) -> rows.addAll(rows(name, depth)));
    return MarkdownTable.print(HEADER, rows);
  }

  private String groups() {
    List<String> header = new ArrayList<>(HEADER);
    header.set(0, "Groups");
    header.add("Macro");
    List<List<String>> rows = new ArrayList<>();
    depths.forEach(
        (name, depth) -> {
          if (groups.containsKey(name)) {
            List<MetricScore> sorted = sorted(groups.get(name).scores());
            List<List<String>> ofGroup = rows(name, depth);
            for (int i = 0; i < sorted.size(); i++) {
              double macro = groups.get(name).macroMeans().get(sorted.get(i).key());
              List<String> row = new ArrayList<>(ofGroup.get(i));
              row.add(number(macro));
              rows.add(row);
            }
          }
        });
    return MarkdownTable.print(header, rows);
  }

  private List<List<String>> rows(String name, int depth) {
    GroupScore group = groups.get(name);
    TaskScore task = tasks.get(name);
    String alias = group != null ? group.definition().alias() : task.run().task().alias();
    String version = group != null ? group.definition().version() : task.run().task().version();
    String shown = depth > 0 ? " ".repeat(depth) + "- " + alias : alias;
    List<List<String>> rows = new ArrayList<>();
    for (MetricScore score : sorted(group != null ? group.scores() : task.scores())) {
      boolean first = rows.isEmpty();
      rows.add(
          List.of(
              first ? shown : "",
              first ? version : "",
              score.filter(),
              numFewshot(name),
              score.metric(),
              score.higherIsBetter() ? "↑" : "↓",
              number(score.value()),
              "±",
              score.standardError().isPresent()
                  ? number(score.standardError().getAsDouble())
                  : "N/A"));
    }
    return rows;
  }

  /** Of a group only where all its tasks have the same. */
  private String numFewshot(String name) {
    GroupScore group = groups.get(name);
    List<String> names = group != null ? group.tasks() : List.of(name);
    List<Integer> shots =
        names.stream().map(task -> tasks.get(task).run().numFewshot()).distinct().toList();
    return shots.size() == 1 ? shots.get(0).toString() : "";
  }

  private static List<MetricScore> sorted(List<MetricScore> scores) {
    return scores.stream().sorted(Comparator.comparing(MetricScore::key)).toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private String notes() {
    StringBuilder notes = new StringBuilder();
    for (TaskScore task : scores.tasks()) {
      TaskScore.Sanity sanity = task.sanity();
      List<String> parts = new ArrayList<>();
      add(parts, sanity.failed(), "failed and are in no score");
      add(parts, sanity.truncatedPrompts(), "had their prompt truncated");
      add(parts, sanity.emptyAnswers(), "got an empty answer");
      sanity
          .notExtracted()
          .forEach((filter, count) -> add(parts, count, "gave filter " + filter + " no answer"));
      if (!parts.isEmpty()) {
        notes.append("%s: of %d items ".formatted(task.name(), sanity.items()));
        notes.append(String.join(", ", parts)).append('\n');
      }
    }
    return notes.toString();
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
