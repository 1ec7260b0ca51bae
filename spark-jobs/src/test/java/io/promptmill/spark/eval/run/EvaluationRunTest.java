package io.promptmill.spark.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ItemOutcome.TokenUse;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelAnswer.Likelihood;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.spark.testing.Calls;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationRunTest {
  @TempDir Path temp;
  private final SparkSession spark = (SparkSession) LocalSpark.session();
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void countFromZero() {
    CountingOpener.reset();
  }

  private RunSettings settings(String revision, int partitions) {
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "rows");
    return new RunSettings(
        Calls.model(),
        revision,
        1234,
        OptionalInt.of(partitions),
        2,
        2,
        new CountingOpener(),
        counts);
  }

  private Optional<Journal> journal() throws IOException {
    return Optional.of(
        Journal.open(
            new org.apache.hadoop.fs.Path(temp.resolve("items").toUri()),
            new Configuration(false),
            notes::add));
  }

  private EvaluationRun prepare(List<EvaluationItem> items) throws IOException {
    return EvaluationRun.prepare(settings("r", 4), items, journal());
  }

  private static List<EvaluationItem> choices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Items.item(i, Items.choice("question " + i, " A", " BB")))
        .toList();
  }

  @Test
  void givesEveryItemItsAnswerInOrder() {
    List<EvaluationItem> items =
        List.of(
            Items.item(0, Items.choice("q0", " A", " BBB")),
            Items.item(1, Items.contexts(" end", "first", "second", "third")),
            Items.item(2, Items.generate("q2", Map.of("until", List.of("\n")), 1)),
            Items.item(3, new ModelCall.LoglikelihoodRolling("text")),
            Items.item(4, Items.chat("q4", Map.of())));

    List<ItemOutcome> outcomes =
        EvaluationRun.prepare(settings("r", 3), items, Optional.empty()).execute(spark);

    assertThat(outcomes).extracting(ItemOutcome::item).containsExactlyElementsOf(items);
    assertThat(outcomes.get(0).answer())
        .isEqualTo(
            new ModelAnswer.Loglikelihoods(
                List.of(new Likelihood(-1.0 / 2, false), new Likelihood(-1.0 / 4, false))));
    assertThat(((ModelAnswer.Loglikelihoods) outcomes.get(1).answer()).likelihoods()).hasSize(3);
    assertThat(outcomes.get(2).answer()).isEqualTo(new ModelAnswer.Texts(List.of("echo: q2")));
    assertThat(outcomes.get(3).answer()).isEqualTo(new ModelAnswer.Rolling(-1.0 / 10));
    assertThat(((ModelAnswer.Texts) outcomes.get(4).answer()).texts().get(0)).contains("q4");
    assertThat(outcomes.get(0).tokens()).isEqualTo(new TokenUse(7, 3, 14, 0, 0));
  }

  @Test
  void equalQuestionsAreAskedOnceAndCostNothingAgain() {
    List<EvaluationItem> items =
        List.of(
            Items.item(0, Items.choice("same", " A", " B")),
            Items.item(1, Items.choice("same", " A", " B")),
            Items.item(2, Items.choice("same", " B", " A")));
    EvaluationRun run = EvaluationRun.prepare(settings("r", 2), items, Optional.empty());

    List<ItemOutcome> outcomes = run.execute(spark);

    assertThat(run.requests()).isEqualTo(2);
    assertThat(CountingOpener.ROWS).hasValue(2);
    assertThat(outcomes.get(1).answer()).isEqualTo(outcomes.get(0).answer());
    assertThat(outcomes.get(1).tokens().cached()).isEqualTo(outcomes.get(1).tokens().prompt());
  }

  @Test
  void whatAFailedRunFinishedIsNotAskedAgain() throws IOException {
    List<EvaluationItem> items = choices(24);
    CountingOpener.diesAfter = 14;
    assertThatThrownBy(() -> prepare(items).execute(spark))
        .hasStackTraceContaining("the executor died");
    int kept = 24 - prepare(items).remaining();
    assertThat(kept).isBetween(1, 14);
    CountingOpener.reset();

    EvaluationRun rerun = prepare(items);
    List<ItemOutcome> outcomes = rerun.execute(spark);

    assertThat(CountingOpener.ROWS).hasValue(24 - kept);
    assertThat(outcomes)
        .extracting(ItemOutcome::answer)
        .containsExactlyElementsOf(
            EvaluationRun.prepare(settings("r", 1), items, Optional.empty()).execute(spark).stream()
                .map(ItemOutcome::answer)
                .toList());
    CountingOpener.reset();
    assertThat(prepare(items).execute(spark)).isEqualTo(outcomes);
    assertThat(CountingOpener.ROWS).hasValue(0);
    assertThat(notes).isEmpty();
  }

  @Test
  void damagedAnswersAloneAreAskedAgain() throws IOException {
    List<EvaluationItem> items = choices(8);
    List<ItemOutcome> whole = prepare(items).execute(spark);
    Path file;
    try (Stream<Path> files = Files.list(temp.resolve("items"))) {
      file = files.filter(each -> each.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 9));
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    CountingOpener.reset();

    assertThat(prepare(items).execute(spark)).isEqualTo(whole);

    assertThat(CountingOpener.ROWS).hasValue(1);
    assertThat(notes).hasSize(1).first().asString().contains("damaged");
  }

  @Test
  void failedItemsAreAskedAgain() throws IOException {
    List<EvaluationItem> items =
        List.of(
            Items.item(0, Items.choice("ok", " A")),
            Items.item(1, Items.choice(FakeOpener.FAIL, " A")));

    List<ItemOutcome> outcomes = prepare(items).execute(spark);

    assertThat(outcomes.get(0).answer()).isInstanceOf(ModelAnswer.Loglikelihoods.class);
    assertThat(outcomes.get(1).answer())
        .isEqualTo(new ModelAnswer.Failed("PROMPT_INVALID", "failed as asked"));
    assertThat(prepare(items).remaining()).isEqualTo(1);
  }

  @Test
  void anotherModelOrAnotherLengthIsAskedAnew() throws IOException {
    List<EvaluationItem> items = choices(3);
    prepare(items).execute(spark);

    assertThat(prepare(items).remaining()).isZero();
    assertThat(EvaluationRun.prepare(settings("other", 4), items, journal()).remaining())
        .isEqualTo(3);
  }
}
