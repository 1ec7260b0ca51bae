package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskScorerTest {
  private static final List<String> AB = List.of("A", "B");

  @Test
  void ofEquallyLikelyChoicesTheFirstIsPredicted() {
    TaskScore score =
        score(
            ScoringTasks.choices(
                "t",
                ScoringTasks.choice(0, "0", AB, -1.5, -1.5),
                ScoringTasks.choice(1, "1", AB, -1.5, -1.5)));
    assertThat(value(score, "acc,none")).isEqualTo(0.5);
  }

  @Test
  void lengthsOfChoicesAreInCodePoints() {
    List<String> choices = List.of("𠀀𠀀", "abc");
    TaskScore score =
        score(ScoringTasks.choices("t", ScoringTasks.choice(0, "1", choices, -4.2, -6)));
    assertThat(value(score, "acc,none")).isEqualTo(0);
    assertThat(value(score, "acc_norm,none")).isEqualTo(1);
  }

  @Test
  void aTargetCanBeTheTextOfAChoiceAndOneThatIsNotThereIsNeverRight() {
    TaskScore score =
        score(
            ScoringTasks.choices(
                "t",
                ScoringTasks.choice(0, "B", AB, -2, -1),
                ScoringTasks.choice(1, "7", AB, -2, -1)));
    assertThat(value(score, "acc,none")).isEqualTo(0.5);
  }

  @Test
  void aFailedItemIsInNoMeanButCounted() {
    TaskScore score =
        score(
            ScoringTasks.choices(
                "t",
                ScoringTasks.failed(1),
                ScoringTasks.choice(2, "1", AB, -2, -1),
                ScoringTasks.choice(0, "0", AB, -2, -1)));
    assertThat(value(score, "acc,none")).isEqualTo(0.5);
    assertThat(score.scored()).isEqualTo(2);
    assertThat(score.sanity().items()).isEqualTo(3);
    assertThat(score.sanity().failed()).isEqualTo(1);
    assertThat(score.samples())
        .extracting(s -> s.outcome().item().docId())
        .containsExactly(0, 1, 2);
    assertThat(score.samples().get(1).values()).isEmpty();
  }

  @Test
  void aTaskWhoseItemsAllFailedHasNoScore() {
    TaskScore score = score(ScoringTasks.choices("t", ScoringTasks.failed(0)));
    assertThat(score.scores()).isEmpty();
    assertThat(score.scored()).isZero();
  }

  @Test
  void aQuestionWithoutPublishedAnswerHasNoMetric() {
    TaskScore score = score(ScoringTasks.choices("t", ScoringTasks.choice(0, "", AB, -2, -1)));
    assertThat(score.samples().get(0).filtered()).hasSize(2);
    assertThat(score.scores()).isEmpty();
  }

  @Test
  void aSingleSampleHasNoStandardError() {
    TaskScore score = score(ScoringTasks.choices("t", ScoringTasks.choice(0, "1", AB, -2, -1)));
    assertThat(score.score("acc,none").orElseThrow().standardError()).isEmpty();
  }

  @Test
  void noIterationsMeanNoStandardErrors() {
    TaskRun run =
        ScoringTasks.choices(
            "t", ScoringTasks.choice(0, "1", AB, -2, -1), ScoringTasks.choice(1, "0", AB, -2, -1));
    MetricScore score = new TaskScorer(run, 0).score().score("acc,none").orElseThrow();
    assertThat(score.standardError()).isEmpty();
  }

  @Test
  void medianIsTheUpperOneOfAnEvenNumber() {
    MetricDefinition median = new MetricDefinition("perplexity", "median", false, Map.of());
    Aggregation aggregation = Metrics.of(median, OutputType.LOGLIKELIHOOD).aggregation();
    List<SampleValue> values =
        List.of(
            new SampleValue.Figure(-3),
            new SampleValue.Figure(-1),
            new SampleValue.Figure(-2),
            new SampleValue.Figure(-4));
    assertThat(aggregation.over(values).score()).isEqualTo(-2);
  }

  @Test
  void whatAMeanWouldHideIsCountedForEachPipeline() {
    TaskScore score =
        score(
            generation(
                List.of(regex("letters", "[a-z]+"), regex("digits", "[0-9]+")),
                ScoringTasks.generated(0, "a", "a"),
                ScoringTasks.generated(1, "1", "a 1"),
                ScoringTasks.generated(2, "1", " \u3000 ")));
    assertThat(score.sanity().emptyAnswers()).isEqualTo(1);
    assertThat(score.sanity().notExtracted()).isEqualTo(Map.of("letters", 1, "digits", 2));
    assertThat(score.sanity().invalidExtractions()).isEqualTo(2);
    assertThat(value(score, "exact_match,digits")).isCloseTo(1.0 / 3, within(1e-15));
  }

  @Test
  void aPipelineThatLeavesSeveralAnswersIsAnErrorThatNamesIt() {
    FilterPipeline all = new FilterPipeline("all", List.of());
    TaskRun run = generation(List.of(all), ScoringTasks.generated(0, "a", "a", "b"));
    assertThatThrownBy(() -> score(run))
        .isInstanceOf(PromptmillException.class)
        .hasMessage(
            "t.yaml, task t: filter pipeline 'all' leaves 2 answers for metrics;"
                + " end it with take_first");
  }

  private static TaskRun generation(List<FilterPipeline> filters, ItemOutcome... outcomes) {
    return ScoringTasks.run(
        "t",
        OutputType.GENERATE_UNTIL,
        filters,
        List.of(ScoringTasks.mean("exact_match")),
        List.of(outcomes));
  }

  private static FilterPipeline regex(String name, String pattern) {
    return new FilterPipeline(
        name,
        List.of(
            new FilterPipeline.Step("regex", Map.of("regex_pattern", pattern)),
            new FilterPipeline.Step("take_first", Map.of())));
  }

  private static TaskScore score(TaskRun run) {
    return new TaskScorer(run, Scores.BOOTSTRAP_ITERATIONS).score();
  }

  private static double value(TaskScore score, String key) {
    return score.score(key).orElseThrow().value();
  }
}
