package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of vectorized scans are read without a transition to rows, and give the same. */
class ColumnarInputTest {
  private static final String METRICS = "requests, reused, errors, completionTokens, batches";

  private final SparkSession spark = SqlFile.session();

  @TempDir Path temp;

  @AfterEach
  void releasesAllArrowMemory() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
  }

  /** More rows than a reader's batch has, of which it reuses the vectors. */
  private String table(String format) {
    String path = temp.resolve(format).toString();
    spark
        .range(0, 3000, 1, 2)
        .selectExpr(
            "id",
            "nullif(concat('q', id % 50), 'q7') AS q",
            "CAST(id AS DECIMAL(10, 2)) / 7 AS small",
            "CAST(id AS DECIMAL(30, 4)) AS large",
            "date_add(DATE'2026-01-01', CAST(id % 400 AS INT)) AS day",
            "timestamp_seconds(id) AS moment",
            "CAST(concat('b', id) AS BINARY) AS bytes",
            "IF(id % 3 = 0, NULL, named_struct('a', id, 'b', concat('s', id))) AS record",
            "IF(id % 5 = 0, NULL, array(concat('x', id), NULL, 'y')) AS list",
            "map('k', id, concat('l', id), NULL) AS map",
            "id % 2 = 0 AS flag")
        .write()
        .format(format)
        .save(path);
    return path;
  }

  private Dataset<Row> answers(String format, String path) {
    spark.read().format(format).load(path).createOrReplaceTempView("stored");
    return spark.sql(
        "SELECT *, ai_gen(q) AS a, ai_classify(q, array('x', 'yy')) AS c,"
            + " ai_gen(CAST(small AS STRING)) AS s FROM stored");
  }

  private static SparkPlan executed(Dataset<Row> rows) {
    SparkPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan();
    return plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan;
  }

  private static boolean readsColumns(Dataset<Row> rows) {
    return InferNodes.of(rows).get(0).child().supportsColumnar();
  }

  private static List<Long> metrics(Dataset<Row> rows) {
    return List.of(METRICS.split(", ")).stream().map(each -> InferNodes.sum(rows, each)).toList();
  }

  @ParameterizedTest
  @CsvSource({"parquet, parquet", "orc, orc", "parquet, ''", "orc, ''"})
  void rowsAndMetricsAreThoseOfTheRowReader(String format, String v1Sources) {
    spark.conf().set("spark.sql.sources.useV1SourceList", v1Sources);
    spark.conf().set("spark.sql.orc.enableNestedColumnVectorizedReader", true);
    spark.conf().set("spark.sql.%s.columnarReaderBatchSize".formatted(format), 100);
    String path = table(format);
    Dataset<Row> columns = answers(format, path);
    List<Row> fromColumns = columns.collectAsList();
    assertThat(readsColumns(columns)).isTrue();
    assertThat(executed(columns).toString()).doesNotContain("ColumnarToRow");
    assertThat(fromColumns).hasSize(3000);

    spark.conf().set("spark.sql.%s.enableVectorizedReader".formatted(format), false);
    Dataset<Row> rows = answers(format, path);
    assertThat(rows.collectAsList()).containsExactlyElementsOf(fromColumns);
    assertThat(readsColumns(rows)).isFalse();
    assertThat(metrics(rows)).isEqualTo(metrics(columns));
  }

  @Test
  void everyTaskOfAdaptiveStagesReadsColumnsToo() {
    String path = table("parquet");
    spark.read().parquet(path).createOrReplaceTempView("stored");

    Dataset<Row> rows =
        spark.sql("SELECT a, count(*) FROM (SELECT ai_gen(q) AS a FROM stored) GROUP BY a");

    assertThat(rows.collectAsList()).hasSize(50);
    assertThat(readsColumns(rows)).isTrue();
  }

  @Test
  void tablesInMemoryGiveTheirColumns() {
    spark.range(0, 500, 1, 2).selectExpr("id", "id % 9 AS k").createOrReplaceTempView("numbers");
    Dataset<Row> cached = spark.table("numbers").cache();
    try {
      Dataset<Row> rows = spark.sql("SELECT id, ai_gen(CAST(k AS STRING)) AS a FROM numbers");

      assertThat(rows.collectAsList())
          .hasSize(500)
          .allSatisfy(row -> assertThat(row.getString(1)).isEqualTo("echo: " + row.getLong(0) % 9));
      assertThat(readsColumns(rows)).isTrue();
    } finally {
      cached.unpersist();
    }
  }

  @Test
  void whatStandsBetweenKeepsItsRows() {
    String path = table("parquet");
    spark.read().parquet(path).createOrReplaceTempView("stored");

    Dataset<Row> rows = spark.sql("SELECT ai_gen(q) FROM stored WHERE id > 2990");

    assertThat(rows.collectAsList()).hasSize(9);
    assertThat(executed(rows).toString()).contains("ColumnarToRow");
  }

  @Test
  void aRowThatFailsIsNamedWithItsFile() {
    String path = temp.resolve("failing").toString();
    spark
        .range(0, 3, 1, 1)
        .selectExpr("IF(id = 2, '" + FakeOpener.FAIL + "', 'q') AS q")
        .write()
        .parquet(path);
    spark.read().parquet(path).createOrReplaceTempView("stored");

    Throwable thrown =
        catchThrowable(() -> spark.sql("SELECT ai_gen(q) FROM stored").collectAsList());

    assertThat(thrown)
        .rootCause()
        .hasMessageContaining("row 2 of partition 0 (file:")
        .hasMessageContaining("failed as asked");
  }
}
