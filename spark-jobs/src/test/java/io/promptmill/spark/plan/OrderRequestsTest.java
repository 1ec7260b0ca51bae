package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRequestsTest {
  private static final AtomicLong CALLS = new AtomicLong();

  private final SparkSession spark = SqlFile.session();

  @BeforeEach
  void ordered() {
    spark.conf().set("spark.promptmill.orderByPrefix", true);
    spark
        .range(0, 5000, 1, 5)
        .selectExpr("id", "concat('q', id % 7) AS q", "id % 3 AS k")
        .createOrReplaceTempView("r");
  }

  @AfterEach
  void releasesAllArrowMemory() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
  }

  private static List<String> answers(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getLong(0) + row.getString(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void equalRequestsOfAllTasksMeetAndNoRowIsLost(boolean adaptive) {
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(q) AS a FROM r");

    List<String> ordered = answers(rows);

    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(7);
    assertThat(InferNodes.sum(rows, "reused")).isEqualTo(4993);
    spark.conf().set("spark.promptmill.orderByPrefix", false);
    Dataset<Row> unordered = spark.sql("SELECT id, ai_gen(q) AS a FROM r");
    assertThat(answers(unordered)).containsExactlyInAnyOrderElementsOf(ordered);
    assertThat(InferNodes.sum(unordered, "requests")).isEqualTo(35);
  }

  @Test
  void partitionsAreRangesOfRequestsInOrder() {
    spark.conf().set("spark.promptmill.deduplicate", false);

    List<String> asked =
        spark.sql("SELECT ai_gen(q) FROM r").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(asked).hasSize(5000).isSorted();
  }

  @Test
  void rangesAreAsManyAsTheRowsWantWithinWhatBordersAreFoundFor() {
    String sql = "SELECT ai_gen(concat(q, id)) FROM r";
    spark.conf().set("spark.sql.shuffle.partitions", 3);
    assertThat(spark.sql(sql).queryExecution().toString())
        .as("5,000 rows, which Spark takes for 2,900")
        .contains("NULLS FIRST, 6)");

    spark
        .range(0, 400_000_000, 1, 5)
        .selectExpr("id", "concat('q', id) AS q")
        .createOrReplaceTempView("r");
    assertThat(spark.sql(sql).queryExecution().toString()).contains("NULLS FIRST, 1000)");
    spark.conf().set("spark.sql.shuffle.partitions", 5000);
    assertThat(spark.sql(sql).queryExecution().toString()).contains("NULLS FIRST, 5000)");

    spark.range(0, 10).selectExpr("id", "'q' AS q").createOrReplaceTempView("r");
    assertThat(spark.sql(sql).queryExecution().toString()).as("cores").contains("NULLS FIRST, 2)");
  }

  private long largestPartition(String answers) {
    return spark
        .sql("SELECT id, spark_partition_id() AS part, %s AS a FROM r".formatted(answers))
        .collectAsList()
        .stream()
        .collect(Collectors.groupingBy(row -> row.getInt(1), Collectors.counting()))
        .values()
        .stream()
        .max(Long::compare)
        .orElseThrow();
  }

  @Test
  void rowsThatAskNothingAreSpreadAndTheOthersMeet() {
    spark
        .range(0, 5000, 1, 5)
        .selectExpr(
            "id",
            "concat('q', id % 7) AS q",
            "IF(id % 10 = 0, concat('q', id % 70), NULL) AS some",
            "IF(id % 10 = 0, NULL, 'known') AS label")
        .createOrReplaceTempView("r");

    assertThat(largestPartition("ai_gen(some)")).isLessThan(2000);
    assertThat(largestPartition("coalesce(label, ai_gen(q))")).isLessThan(2000);
    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(some) AS a FROM r");
    assertThat(rows.where("a IS NULL").count()).isEqualTo(4500);
    assertThat(rows.collectAsList()).hasSize(5000);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(7);
  }

  @Test
  void equalRequestsAreSpreadWhereEachIsComputed() {
    spark
        .range(0, 5000, 1, 5)
        .selectExpr("id", "IF(id < 9000, 'same', 'other') AS q")
        .createOrReplaceTempView("r");
    assertThat(largestPartition("ai_gen(q)")).isEqualTo(5000);

    spark.conf().set("spark.promptmill.deduplicate", false);

    assertThat(largestPartition("ai_gen(q)")).isLessThan(2000);
  }

  @Test
  void inputsAreComputedOnceAndOnceMoreForTheBorders() {
    CALLS.set(0);
    spark
        .udf()
        .register(
            "counted",
            (UDF1<String, String>)
                text -> {
                  CALLS.incrementAndGet();
                  return text;
                },
            DataTypes.StringType);

    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(counted(q)) AS a FROM r");

    assertThat(rows.collectAsList()).hasSize(5000);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(7);
    assertThat(CALLS.get()).isBetween(5000L, 10_000L);
  }

  @Test
  void inputsWithSubqueriesAreOrderedToo() {
    Dataset<Row> rows =
        spark.sql("SELECT id, ai_gen(concat((SELECT max(k) FROM r), q)) AS a FROM r");

    assertThat(rows.collectAsList()).hasSize(5000);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(7);
  }

  @Test
  void whatTheQueryHasSortedStaysSortedBehindGenerators() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT id, ai_gen(x) AS a FROM (SELECT id, explode(array(q, concat(q, 'b'))) AS x"
                + " FROM (SELECT * FROM r ORDER BY id))");

    assertThat(rows.collectAsList()).extracting(row -> row.getLong(0)).hasSize(10_000).isSorted();
  }

  @Test
  void severalCallsAreOrderedTogetherSoTheLaterMeetWithinARangeOnly() {
    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(q) AS a, ai_gen(concat('k', k)) AS b FROM r");

    assertThat(rows.collectAsList()).hasSize(5000);
    assertThat(InferNodes.sum(rows, "requests")).isBetween(11L, 60L);
  }

  @Test
  void theResultKeepsTheOrderAndTheNumberThatTheQueryAsksFor() {
    assertThat(spark.sql("SELECT id, ai_gen(q) FROM r ORDER BY id DESC LIMIT 3").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(4999L, 4998L, 4997L);
    assertThat(spark.sql("SELECT id, ai_gen(q) FROM r ORDER BY id").collectAsList())
        .extracting(row -> row.getLong(0))
        .isSorted();
    Dataset<Row> some = spark.sql("SELECT id, ai_gen(q) AS a FROM r LIMIT 4");
    assertThat(some.collectAsList()).hasSize(4);
    assertThat(InferNodes.sum(some, "requests")).isLessThanOrEqualTo(4);
  }

  @Test
  void answersThatOthersReadAreComputedOnce() {
    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(ai_gen(q)) AS a FROM r");

    assertThat(rows.collectAsList()).hasSize(5000);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(14);
  }

  @Test
  void groupsByRequestsThatAreNeverNullNeedNoOtherShuffle() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT q, count(*), max(a) FROM (SELECT q, ai_gen(q) AS a"
                + " FROM (SELECT coalesce(q, '') AS q FROM r)) GROUP BY q");

    assertThat(rows.collectAsList()).hasSize(7);
    assertThat(
            ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .executedPlan()
                .toString())
        .contains("Exchange rangepartitioning")
        .doesNotContain("Exchange hashpartitioning");
  }

  @Test
  void microBatchesAreOrderedToo(@TempDir Path temp) throws Exception {
    String input = temp.resolve("in").toString();
    spark.table("r").where("id < 100").write().json(input);
    String output = temp.resolve("out").toString();

    StreamingQuery query =
        spark
            .readStream()
            .schema("id BIGINT, q STRING")
            .json(input)
            .selectExpr("id", "ai_gen(q) AS a")
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", temp.resolve("checkpoint").toString())
            .format("parquet")
            .start(output);
    query.awaitTermination();

    assertThat(spark.read().parquet(output).where("a LIKE 'echo: q%'").count()).isEqualTo(100);
    assertThat(
            ((org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper) query)
                .streamingQuery()
                .lastExecution()
                .executedPlan()
                .toString())
        .contains("Exchange rangepartitioning(q");
  }
}
