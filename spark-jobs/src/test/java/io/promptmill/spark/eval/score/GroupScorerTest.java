package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.task.GroupDefinition;
import io.promptmill.spark.eval.task.GroupDefinition.GroupMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupScorerTest {
  private static final List<String> AB = List.of("A", "B");
  private static final TaskRun SMALL = ScoringTasks.choices("small", right(0), right(1));
  private static final TaskRun LARGE =
      ScoringTasks.choices("large", right(0), wrong(1), wrong(2), wrong(3));

  @Test
  void weightedBySizeEveryDocumentCountsTheSame() {
    MetricScore score = group(true).scores().get(0);
    assertThat(score.value()).isEqualTo(0.5);
    assertThat(score.samples()).isEqualTo(6);
    double pooled = Math.sqrt(3 * 0.0625 * 4 / (6 - 2) / 6);
    assertThat(score.standardError().orElseThrow()).isCloseTo(pooled, within(1e-15));
  }

  @Test
  void notWeightedEveryTaskCountsTheSame() {
    MetricScore score = group(false).scores().get(0);
    assertThat(score.value()).isEqualTo(0.625);
    assertThat(score.standardError().orElseThrow()).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void theMacroMeanIsThereWhateverTheWeights() {
    assertThat(group(true).macroMeans()).containsEntry("acc,none", 0.625);
  }

  @Test
  void aGroupOfGroupsIsOverTheTasksBelow() {
    GroupMetric accuracy = new GroupMetric("acc", true, List.of());
    GroupDefinition inner =
        new GroupDefinition("inner", "inner", "1", List.of("large"), List.of(accuracy));
    GroupDefinition outer =
        new GroupDefinition("outer", "outer", "1", List.of("inner", "small"), List.of(accuracy));
    List<GroupScore> scores = Scores.of(List.of(SMALL, LARGE), List.of(outer, inner), 0).groups();
    assertThat(scores).extracting(GroupScore::name).containsExactly("inner", "outer");
    assertThat(scores.get(1).tasks()).containsExactly("large", "small");
    assertThat(scores.get(1).scores().get(0).value()).isEqualTo(0.5);
  }

  @Test
  void oneTaskWithoutStandardErrorLeavesTheGroupWithoutOne() {
    TaskRun single = ScoringTasks.choices("single", right(0));
    GroupDefinition group =
        new GroupDefinition(
            "g",
            "g",
            "1",
            List.of("small", "single"),
            List.of(new GroupMetric("acc", true, List.of())));
    Scores scores = Scores.of(List.of(SMALL, single), List.of(group), 1000);
    assertThat(scores.groups().get(0).scores().get(0).standardError()).isEmpty();
  }

  private static GroupScore group(boolean weightBySize) {
    GroupDefinition group =
        new GroupDefinition(
            "g",
            "g",
            "1",
            List.of("small", "large", "not run"),
            List.of(new GroupMetric("acc", weightBySize, List.of("none"))));
    return Scores.of(List.of(SMALL, LARGE), List.of(group), 1000).groups().get(0);
  }

  private static ItemOutcome right(int docId) {
    return ScoringTasks.choice(docId, "1", AB, -2, -1);
  }

  private static ItemOutcome wrong(int docId) {
    return ScoringTasks.choice(docId, "0", AB, -2, -1);
  }
}
