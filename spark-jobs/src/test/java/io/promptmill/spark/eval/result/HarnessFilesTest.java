package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files of lm-evaluation-harness and ours for the same answers. */
class HarnessFilesTest {
  private static final int ITERATIONS = 2500;

  private static HarnessRun harness;
  private static Scores scores;
  private static JsonNode ours;

  @BeforeAll
  static void score() throws IOException {
    harness = HarnessRun.load();
    scores = Scores.of(harness.runs(), harness.groups(), ITERATIONS);
    ours = HarnessRun.JSON.readTree(new LmEvalResults(ExampleRuns.run("mill-a"), scores).json());
  }

  @Test
  void scoresAndStandardErrorsOfTasksAndGroupsAreTheHarnessesOwn() {
    for (String section : List.of("results", "groups")) {
      assertThat(names(ours.get(section)))
          .containsExactlyInAnyOrderElementsOf(names(harness.results().get(section)));
      for (Map.Entry<String, JsonNode> entry : harness.results().get(section).properties()) {
        JsonNode mine = ours.get(section).get(entry.getKey());
        assertThat(names(mine)).isEqualTo(names(entry.getValue()));
        for (Map.Entry<String, JsonNode> value : entry.getValue().properties()) {
          same(entry.getKey() + " " + value.getKey(), mine.get(value.getKey()), value.getValue());
        }
      }
    }
  }

  @Test
  void countsVersionsAndDirectionsAreTheHarnessesOwn() {
    for (String section : List.of("group_subtasks", "versions", "n-shot", "n-samples")) {
      assertThat(ours.get(section)).as(section).isEqualTo(harness.results().get(section));
    }
    // Which metrics of groups in a group it names depends there on the order of the groups.
    for (Map.Entry<String, JsonNode> entry :
        harness.results().get("higher_is_better").properties()) {
      assertThat(ours.get("higher_is_better").get(entry.getKey()).properties())
          .as(entry.getKey())
          .containsAll(entry.getValue().properties());
    }
  }

  @Test
  void hashesOfTasksAreTheHarnessesOwn() {
    assertThat(ours.get("task_hashes")).isEqualTo(harness.results().get("task_hashes"));
  }

  @Test
  void topLevelKeysAreTheHarnessesExceptItsLibrariesVersions() {
    List<String> expected = new ArrayList<>(names(harness.results()));
    expected.removeAll(List.of("transformers_version", "lm_eval_version", "upper_git_hash"));
    assertThat(names(ours)).containsAll(expected);
  }

  @Test
  void everySampleLineHasTheHarnessesKeysInItsOrderAndItsValues() throws IOException {
    for (TaskScore task : scores.tasks()) {
      List<JsonNode> theirs = harness.samples().get(task.name());
      assertThat(task.samples()).hasSameSizeAs(theirs);
      for (int i = 0; i < theirs.size(); i++) {
        SampleScore sample = task.samples().get(i);
        JsonNode line = HarnessRun.JSON.readTree(new SampleLine(sample).json());
        List<String> keys = new ArrayList<>(names(theirs.get(i)));
        keys.add("promptmill");
        assertThat(names(line)).isEqualTo(keys);
        for (Map.Entry<String, JsonNode> value : theirs.get(i).properties()) {
          assertThat(line.get(value.getKey()))
              .as(task.name() + " " + i + " " + value.getKey())
              .isEqualTo(value.getValue());
        }
      }
    }
  }

  private static void same(String name, JsonNode mine, JsonNode theirs) {
    if (theirs.isFloatingPointNumber()) {
      double value = theirs.doubleValue();
      assertThat(mine.doubleValue()).as(name).isCloseTo(value, within(1e-12 * Math.abs(value)));
    } else {
      assertThat(mine).as(name).isEqualTo(theirs);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
