package io.promptmill.spark.plan;

import static io.promptmill.spark.testing.Calls.call;
import static io.promptmill.spark.testing.Calls.generate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private final SparkSession spark = LocalSpark.session();

  @AfterEach
  void releasesAllArrowMemory() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
    assertThat(ArrowUtils.rootAllocator().getChildAllocators()).isEmpty();
  }

  private Dataset<Row> questions(int count, int partitions) {
    return spark
        .range(0, count, 1, partitions)
        .selectExpr("id", "concat('q', id) AS question", "id * 1.5D AS weight");
  }

  @Test
  void appendsOneStructColumnAndKeepsRowsInOrder() {
    List<Row> rows =
        Inference.apply(questions(20, 3), call(generate(new PromptSource.Column("question"))))
            .collectAsList();

    assertThat(rows).extracting(row -> row.getLong(0)).containsExactlyElementsOf(longs(20));
    assertThat(rows.get(17).schema().fieldNames())
        .containsExactly("id", "question", "weight", "response");
    assertThat(rows.get(17).getDouble(2)).isEqualTo(25.5);
    Row response = rows.get(17).getStruct(3);
    assertThat((String) response.getAs("text")).isEqualTo("echo: q17");
    assertThat((String) response.getAs("model_revision")).isEqualTo(FakeOpener.REVISION);
    assertThat(response.<Row>getAs("error")).isNull();
  }

  @Test
  void givesOneResultForEveryRowWhateverTheBatchesAndPartitions() {
    for (int batchRows : new int[] {1, 7, 64}) {
      for (int inFlight : new int[] {1, 4}) {
        for (int partitions : new int[] {1, 5}) {
          InferCall call =
              call(generate(new PromptSource.Column("question")), batchRows, inFlight, false);
          List<Row> rows = Inference.apply(questions(50, partitions), call).collectAsList();
          assertThat(rows).hasSize(50);
          assertThat(call.counts().value().rows()).isEqualTo(50);
        }
      }
    }
  }

  @Test
  void longRowsMakeSmallBatches() {
    Dataset<Row> input = spark.range(0, 9, 1, 1).selectExpr("repeat('x', 2000000) AS question");
    InferCall call = call(generate(new PromptSource.Column("question")), 64, 2, false);

    List<Row> lengths =
        Inference.apply(input, call).selectExpr("length(response.text)").collectAsList();

    assertThat(lengths).hasSize(9);
    assertThat(lengths).extracting(row -> row.getInt(0)).containsOnly(2_000_006);
    assertThat(call.counts().value().batches()).isEqualTo(5);
  }

  @Test
  void countsFailedRowsByCategoryAndGoesOn() {
    Dataset<Row> input =
        questions(10, 2)
            .withColumn("question", org.apache.spark.sql.functions.expr("nullif(question, 'q4')"));
    InferCall call = call(generate(new PromptSource.Column("question")));

    List<Row> rows = Inference.apply(input, call).collectAsList();

    assertThat(rows).hasSize(10);
    Row error = rows.get(4).<Row>getAs("response").getAs("error");
    assertThat(error.getString(0)).isEqualTo("PROMPT_INVALID");
    RowCounts counts = call.counts().value();
    assertThat(counts.errors()).isEqualTo(Map.of("PROMPT_INVALID", 1L));
    assertThat(counts.completionTokens()).isEqualTo(18);
    assertThat(counts.cachedTokens()).isEqualTo(9);
    assertThat(counts.revisions()).containsExactly(FakeOpener.REVISION);
  }

  @Test
  void failOnErrorNamesTheRowAndItsMessage() {
    Dataset<Row> input =
        questions(10, 1)
            .withColumn("question", org.apache.spark.sql.functions.expr("nullif(question, 'q4')"));
    InferCall call = call(generate(new PromptSource.Column("question")), 3, 2, true);

    Throwable thrown = catchThrowable(() -> Inference.apply(input, call).collectAsList());

    assertThat(thrown)
        .rootCause()
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("PROMPT_INVALID")
        .hasMessageContaining("row 4 of partition 0")
        .hasMessageContaining("column 'question' is null");
  }

  @Test
  void aBatchThatThrowsFailsTheTaskWithItsCause() {
    Dataset<Row> input =
        spark
            .createDataset(List.of("a", "b", FakeOpener.EXPLODE, "c"), Encoders.STRING())
            .toDF("p");

    Throwable thrown =
        catchThrowable(
            () ->
                Inference.apply(input.coalesce(1), call(generate(new PromptSource.Column("p"))))
                    .collectAsList());

    assertThat(thrown).rootCause().hasMessage("exploded as asked");
    assertThat(thrown).hasStackTraceContaining("batch of 3 rows from row 0 of partition 0");
  }

  @Test
  void cancellingTheJobInterruptsTheBatchesAndReleasesThem() throws Exception {
    Dataset<Row> hanging =
        spark.createDataset(List.of("a", FakeOpener.HANG, "c"), Encoders.STRING()).toDF("p");
    Dataset<Row> result =
        Inference.apply(hanging, call(generate(new PromptSource.Column("p")), 1, 3, false));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread job = new Thread(() -> thrown.set(catchThrowable(result::collectAsList)));
    job.start();
    TimeUnit.SECONDS.sleep(1);

    ((org.apache.spark.sql.classic.SparkSession) spark).sparkContext().cancelAllJobs();
    job.join(10_000);

    assertThat(thrown.get()).hasMessageContaining("cancelled");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!ArrowUtils.rootAllocator().getChildAllocators().isEmpty()
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void stoppingEarlyReleasesWhatWasPrepared() {
    Dataset<Row> result =
        Inference.apply(questions(100, 1), call(generate(new PromptSource.Column("question"))));

    assertThat(result.takeAsList(2)).hasSize(2);
  }

  @Test
  void readsTemplateColumnsOfAnySingleTypeAsText() {
    Dataset<Row> input =
        spark.sql(
            "SELECT 7 AS i, 1.50BD AS d, DATE'2026-01-02' AS day, true AS b, X'C3A9' AS bytes,"
                + " TIMESTAMP'2026-01-02 03:04:05' AS t");
    List<Row> rows =
        Inference.apply(
                input, call(generate(new PromptSource.Template("{i} {d} {day} {b} {bytes} {t}"))))
            .collectAsList();

    assertThat(rows.get(0).<Row>getAs("response").<String>getAs("text"))
        .isEqualTo("echo: 7 1.50 2026-01-02 true é 2026-01-02 03:04:05");
  }

  @Test
  void scoresListColumnsCandidateColumnsAndFixedCandidates() {
    Dataset<Row> input =
        spark.sql("SELECT 'q' AS q, array('a', 'bbb', 'cc') AS list, 'x' AS a, 'yy' AS b");
    PromptSpec prompt = new PromptSpec(new PromptSource.Column("q"), false, null);
    assertThat(best(input, prompt, new CandidateSource.ListColumn("list"))).isEqualTo(1);
    assertThat(best(input, prompt, new CandidateSource.Columns(List.of("b", "a")))).isZero();
    assertThat(best(input, prompt, new CandidateSource.Fixed(List.of("a", "b", "cc"))))
        .isEqualTo(2);
  }

  private static int best(Dataset<Row> input, PromptSpec prompt, CandidateSource candidates) {
    InferSpec spec = new InferSpec.Score(prompt, candidates, false);
    Row row = Inference.apply(input, call(spec)).collectAsList().get(0);
    return row.<Row>getAs("scores").<Integer>getAs("best");
  }

  @Test
  void unknownColumnsListWhatExistsAndTheNearest() {
    assertThatThrownBy(
            () ->
                Inference.apply(
                    questions(1, 1), call(generate(new PromptSource.Template("{qestion}?")))))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessage(
            "no column 'qestion' in the input (did you mean 'question'?); it has: id, question,"
                + " weight");
  }

  @Test
  void refusesColumnsThatAreNoTextAndResultNamesThatAreTaken() {
    Dataset<Row> input = spark.sql("SELECT array(1) AS a, 'x' AS response, 'y' AS y");
    assertThatThrownBy(
            () ->
                Inference.apply(
                    input.drop("response"), call(generate(new PromptSource.Column("a")))))
        .hasMessage(
            "column 'a': expected text, or a single value that reads as text, found array<int>");
    assertThatThrownBy(
            () ->
                Inference.apply(
                    input.drop("response"), call(generate(new PromptSource.Messages("a")))))
        .hasMessageContaining("expected array<struct<role:string,content:string>>");
    assertThatThrownBy(() -> Inference.apply(input, call(generate(new PromptSource.Column("y")))))
        .hasMessageContaining("the input has a column 'response', which is the result's name");
  }

  @Test
  void emptyInputGivesTheSchemaAndNoRow() {
    StructType schema = new StructType().add("question", "string");
    Dataset<Row> result =
        Inference.apply(
            spark.createDataFrame(List.of(), schema),
            call(generate(new PromptSource.Column("question"))));

    assertThat(result.collectAsList()).isEmpty();
    assertThat(result.schema().fieldNames()).containsExactly("question", "response");
  }

  private static List<Long> longs(int count) {
    return IntStream.range(0, count).mapToObj(Long::valueOf).toList();
  }
}
