package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.score.Scores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
  private static HarnessRun harness;
  private static Scores scores;

  @BeforeAll
  static void score() throws IOException {
    harness = HarnessRun.load();
    scores = Scores.of(harness.runs(), harness.groups(), 2500);
  }

  @Test
  void bothTablesHaveTheRowsOfTheHarnesses() {
    List<List<String>> theirs = rows(harness.tables());
    List<List<String>> ours = rows(ScoreTable.print(scores));
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < theirs.size(); i++) {
      assertThat(ours.get(i).subList(0, 9)).isEqualTo(theirs.get(i));
    }
  }

  @Test
  void theGroupsTableHasTheUnweightedMeanOverTasksAsColumnMacro() {
    String table = ScoreTable.print(scores);
    assertThat(table.lines().filter(line -> line.startsWith("|  Groups")))
        .containsExactly(
            "|  Groups  |Version|Filter|n-shot| Metric |   |Value |   |Stderr|Macro |");
    assertThat(table.lines().filter(line -> line.startsWith("| - World")))
        .last()
        .isEqualTo("| - World  |      2|none  |     0|acc     |↑  |0.2500|±  |0.1581|0.2000|");
  }

  @Test
  void whatTheMeansHideIsSaidBelow() {
    assertThat(ScoreTable.print(scores))
        .endsWith(
            "\n\nsums: of 6 items 1 got an empty answer, 3 gave filter strict-match no answer,"
                + " 2 gave filter flexible-extract no answer\n");
  }

  private static List<List<String>> rows(String table) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : table.lines().toList()) {
      if (line.startsWith("|") && !line.startsWith("|--")) {
        List<String> cells = List.of(line.substring(1).split("\\|"));
        rows.add(cells.stream().map(ScoreTableTest::cell).toList());
      }
    }
    return rows;
  }

  /** The harness's printer drops zeros from the end of numbers. */
  private static String cell(String cell) {
    String text = cell.strip();
    if (text.matches("[0-9.]+")) {
      return String.format(Locale.ROOT, "%.4f", Double.valueOf(text));
    }
    return cell.startsWith(" ") && text.startsWith("- ") ? cell.stripTrailing() : text;
  }
}
