package io.promptmill.spark.eval.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.promptmill.spark.eval.report.run.GroupRun;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunFacts;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Sample.Filtered;
import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.run.TaskRun;
import io.promptmill.spark.eval.report.run.TaskRun.Counts;
import io.promptmill.spark.eval.report.statistic.McNemar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static Sample sample(int id, String hash, double value) {
    return new Sample(
        id,
        hash,
        JsonNodeFactory.instance.objectNode(),
        "0",
        List.of("prompt"),
        List.of(),
        List.of(),
        List.of("text"),
        List.of(new Filtered("none", "text", Map.of("acc", value))),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskRun task(String name, double... values) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      samples.add(sample(i, name + i, values[i]));
    }
    return task(name, samples);
  }

  private static TaskRun task(String name, List<Sample> samples) {
    double mean =
        samples.stream()
            .mapToDouble(sample -> sample.value("acc", "none").orElseThrow())
            .average()
            .orElse(0);
    return new TaskRun(
        name,
        name,
        "1",
        OptionalInt.empty(),
        new Counts(
            samples.size(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty()),
        List.of(new Score("acc", "none", mean, OptionalDouble.empty(), true)),
        samples);
  }

  private static Run run(TaskRun... tasks) {
    List<String> names = List.of(tasks).stream().map(TaskRun::name).toList();
    return new Run(
        "file",
        new RunFacts(
            "model",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            "test"),
        List.of(tasks),
        List.of(
            new GroupRun(
                "all",
                "all",
                0,
                names,
                List.of(new Score("acc", "none", 0.5, OptionalDouble.empty(), true)))));
  }

  private static Comparison compare(Run baseline, Run other) {
    List<Run> runs = List.of(baseline, other);
    return Comparison.of(runs, Outline.of(runs), Item.align(runs)).get(0);
  }

  private static ComparisonRow row(Comparison comparison, String name) {
    return comparison.rows().stream()
        .filter(row -> row.scope().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pairsItemsAndCountsThoseThatFlip() {
    Comparison comparison = compare(run(task("a", 1, 0, 0, 1, 0)), run(task("a", 1, 1, 1, 0, 1)));

    ComparisonRow row = row(comparison, "a");
    assertThat(row.pairs()).isEqualTo(5);
    assertThat(row.raised()).isEqualTo(3);
    assertThat(row.lowered()).isEqualTo(1);
    assertThat(row.difference().orElseThrow().mean()).isCloseTo(0.4, within(1e-12));
    assertThat(row.isExact()).isTrue();
    assertThat(row.p()).isEqualTo(McNemar.p(3, 1));
    assertThat(row.baseline()).hasValue(0.4);
    assertThat(row.other()).hasValue(0.8);
  }

  @Test
  void aDocumentWithAnotherHashIsNotTheSame() {
    TaskRun changed =
        task("a", List.of(sample(0, "a0", 1), sample(1, "other", 0), sample(2, "a2", 1)));
    ComparisonRow row = row(compare(run(task("a", 1, 1)), run(changed)), "a");

    assertThat(row.pairs()).isEqualTo(1);
    assertThat(row.onlyBaseline()).isEqualTo(1);
    assertThat(row.onlyOther()).isEqualTo(2);
  }

  @Test
  void aTaskOfOneRunAloneIsShownWithoutADifference() {
    Comparison comparison = compare(run(task("a", 1, 0), task("b", 1)), run(task("a", 1, 1)));

    ComparisonRow row = row(comparison, "b");
    assertThat(row.difference()).isEmpty();
    assertThat(row.p()).isNaN();
    assertThat(row.onlyBaseline()).isEqualTo(1);
    assertThat(row.other()).isEmpty();
    assertThat(ComparisonTable.print(comparison)).contains("|   b  |");
  }

  @Test
  void valuesOtherThanZeroAndOneAreTestedByStudents() {
    ComparisonRow row =
        row(compare(run(task("a", 0.25, 0.5, 0.1)), run(task("a", 0.5, 0.6, 0.4))), "a");

    assertThat(row.isExact()).isFalse();
    assertThat(row.p()).isEqualTo(row.difference().orElseThrow().p());
  }

  @Test
  void aScoreThatIsNoMeanOverItemsIsNotTested() {
    TaskRun task = task("a", -3.5, -2.5);
    TaskRun perplexity =
        new TaskRun(
            "a",
            "a",
            "1",
            OptionalInt.empty(),
            task.counts(),
            List.of(new Score("acc", "none", Math.exp(3), OptionalDouble.empty(), false)),
            task.samples());

    ComparisonRow row = row(compare(run(perplexity), run(perplexity)), "a");
    assertThat(row.difference()).isEmpty();
    assertThat(row.p()).isNaN();
    assertThat(row.baseline()).hasValue(Math.exp(3));
  }

  @Test
  void aGroupPoolsItsItems() {
    Comparison comparison =
        compare(
            run(task("a", 0, 0), task("b", 1, 1, 1, 1)),
            run(task("a", 1, 1), task("b", 1, 1, 1, 0)));

    ComparisonRow row = row(comparison, "all");
    assertThat(row.pairs()).isEqualTo(6);
    assertThat(row.raised()).isEqualTo(2);
    assertThat(row.lowered()).isEqualTo(1);
    assertThat(row.difference().orElseThrow().mean()).isCloseTo(1 / 6.0, within(1e-12));
  }

  @Test
  void tasksAndGroupsAreCorrectedApart() {
    double[] none = new double[6];
    double[] all = {1, 1, 1, 1, 1, 1};
    Comparison comparison =
        compare(run(task("a", none), task("b", none)), run(task("a", all), task("b", none)));

    double p = McNemar.p(6, 0);
    assertThat(row(comparison, "a").p()).isEqualTo(p);
    assertThat(row(comparison, "a").adjusted()).isEqualTo(2 * p);
    assertThat(row(comparison, "b").adjusted()).isOne();
    assertThat(row(comparison, "all").adjusted()).isEqualTo(p);
  }

  @Test
  void theOutlineHasEachGroupBeforeItsMembers() {
    assertThat(Outline.of(List.of(run(task("a"), task("b")), run(task("b"), task("c")))))
        .extracting(Scope::name, Scope::depth, Scope::tasks)
        .containsExactly(
            tuple("all", 0, List.of("a", "b", "c")),
            tuple("a", 1, List.of("a")),
            tuple("b", 1, List.of("b")),
            tuple("c", 1, List.of("c")));
  }
}
