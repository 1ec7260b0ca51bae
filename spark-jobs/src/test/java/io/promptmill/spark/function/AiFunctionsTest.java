package io.promptmill.spark.function;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptmill.spark.plan.InferNodes;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AiFunctionsTest {
  private final SparkSession spark = SqlFile.session();

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  @Test
  void namesAreUniqueAndEveryFunctionHasAPromptAndASqlTest() {
    assertThat(AiFunctions.ALL)
        .extracting(each -> each.signature().name())
        .doesNotHaveDuplicates()
        .allSatisfy(
            name -> {
              assertThat(Path.of("src/main/resources/promptmill/prompts", name + ".txt")).exists();
              assertThat(Path.of("src/test/resources/sql", name + ".sql")).exists();
            });
  }

  @Test
  void dataFramesCallThemToo() {
    Dataset<Row> t = spark.table("t").where("id = 1");

    assertThat(texts(t.select(call_function("ai_gen", col("content")))))
        .containsExactly("echo: good");
    assertThat(texts(t.selectExpr("ai_gen(content)"))).containsExactly("echo: good");
    assertThat(
            texts(
                t.withColumn("a", org.apache.spark.sql.functions.expr("ai_gen(content)"))
                    .select("a")))
        .containsExactly("echo: good");
  }

  @Test
  void answersAreWrittenToTables(@TempDir Path temp) {
    String location = temp.resolve("answers").toUri().toString();
    spark.sql(
        "CREATE TABLE answers USING parquet LOCATION '%s' AS SELECT id, ai_gen(content) AS a FROM t"
            .formatted(location));
    spark.sql("INSERT INTO answers SELECT id + 10, ai_gen(lang) FROM t WHERE id = 2 LIMIT 1");
    try {
      assertThat(texts(spark.sql("SELECT a FROM answers ORDER BY id")))
          .containsExactly("echo: good", "echo: bad", null, "echo: good", "echo: zh");
    } finally {
      spark.sql("DROP TABLE answers");
    }
  }

  @Test
  void viewsKeepTheCallAndCachedTablesTheAnswers() {
    spark.sql("CREATE TEMPORARY VIEW v AS SELECT id, ai_gen(content) AS a FROM t");
    Dataset<Row> cached = spark.sql("SELECT id, ai_gen(content) AS a FROM t WHERE id < 3").cache();
    assertThat(texts(spark.sql("SELECT a FROM v WHERE id = 2"))).containsExactly("echo: bad");
    assertThat(cached.count()).isEqualTo(2);

    Dataset<Row> again = spark.sql("SELECT id, ai_gen(content) AS a FROM t WHERE id < 3");

    assertThat(again.collectAsList()).hasSize(2);
    assertThat(
            ((org.apache.spark.sql.classic.Dataset<Row>) again)
                .queryExecution()
                .withCachedData()
                .toString())
        .contains("InMemoryRelation");
    cached.unpersist();
  }

  @Test
  void adaptiveExecutionPlansThemBetweenShuffles() {
    Dataset<Row> rows =
        spark.sql("SELECT ai_gen(content) AS a, count(*) AS n FROM t GROUP BY content ORDER BY a");

    assertThat(rows.collectAsList()).hasSize(3);
    assertThat(((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan())
        .isInstanceOf(AdaptiveSparkPlanExec.class);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(2);
  }

  @Test
  void microBatchesOfStreamsAskToo(@TempDir Path temp) throws Exception {
    String input = temp.resolve("in").toString();
    spark.table("t").selectExpr("id", "content").write().json(input);
    Dataset<Row> stream = spark.readStream().schema("id INT, content STRING").json(input);
    List<String> answers = new CopyOnWriteArrayList<>();
    VoidFunction2<Dataset<Row>, Long> collect = (batch, id) -> answers.addAll(texts(batch));

    StreamingQuery query =
        stream
            .selectExpr("ai_gen(content) AS a")
            .where("a IS NOT NULL")
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", temp.resolve("checkpoint").toString())
            .foreachBatch(collect)
            .start();
    query.processAllAvailable();
    query.awaitTermination();

    assertThat(answers).containsExactlyInAnyOrder("echo: good", "echo: bad", "echo: good");
  }

  @Test
  void theFirstFailedRowFailsTheQueryWithItsMessage() {
    Throwable thrown =
        catchThrowable(() -> spark.sql("SELECT ai_gen('" + FakeOpener.FAIL + "')").collectAsList());

    assertThat(thrown).rootCause().hasMessageContaining("failed as asked");
  }

  @Test
  void anUnknownKeyFailsTheQueryBeforeItRuns() {
    spark.conf().set("spark.promptmill.maxToken", "3");

    Throwable thrown = catchThrowable(() -> spark.sql("SELECT ai_gen('x')"));

    assertThat(thrown)
        .hasMessageContaining("spark.promptmill.maxToken")
        .hasMessageContaining("did you mean 'maxTokens'");
  }

  @Test
  void theSparkUiShowsWhatTheOperatorDid() {
    Dataset<Row> rows = spark.sql("SELECT ai_gen(content), ai_gen(lang) FROM t");
    rows.collectAsList();

    assertThat(InferNodes.sum(rows, "numOutputRows")).isEqualTo(4);
    assertThat(InferNodes.sum(rows, "completionTokens"))
        .isEqualTo(2 * InferNodes.sum(rows, "requests"));
    assertThat(InferNodes.sum(rows, "tokensPerSecond")).isPositive();
    assertThat(InferNodes.sum(rows, "waitTime")).isPositive();
  }
}
