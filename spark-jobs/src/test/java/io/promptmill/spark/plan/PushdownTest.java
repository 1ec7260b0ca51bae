package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows the model is asked about. */
class PushdownTest {
  private final SparkSession spark = SqlFile.session();

  @BeforeEach
  void numbers() {
    spark
        .range(0, 1000, 1, 10)
        .selectExpr("id", "id % 10 AS k", "concat('q', id) AS q")
        .createOrReplaceTempView("n");
  }

  private long asked(String sql, int rows) {
    Dataset<Row> result = spark.sql(sql);
    assertThat(result.collectAsList()).hasSize(rows);
    return InferNodes.sum(result, "requests");
  }

  @Test
  void cheapConditionsHoldRowsBack() {
    assertThat(asked("SELECT id FROM n WHERE ai_gen(q) LIKE 'echo%' AND k = 3", 100))
        .isEqualTo(100);
    assertThat(asked("SELECT * FROM (SELECT *, ai_gen(q) AS g FROM n) WHERE k = 3", 100))
        .isEqualTo(100);
  }

  @Test
  void whatWhereAskedSelectDoesNotAskAgain() {
    assertThat(asked("SELECT ai_gen(q) FROM n WHERE ai_gen(q) LIKE '%7'", 100)).isEqualTo(1000);
  }

  @Test
  void aLimitAsksAboutNoMoreRowsThanItGives() {
    assertThat(asked("SELECT ai_gen(q) FROM n LIMIT 5", 5)).isEqualTo(5);
    assertThat(asked("SELECT ai_gen(q) AS g FROM n ORDER BY k DESC, id LIMIT 5", 5)).isEqualTo(5);
    assertThat(asked("SELECT max(g) FROM (SELECT ai_gen(q) AS g FROM n LIMIT 5)", 1)).isEqualTo(5);
    assertThat(asked("SELECT id FROM (SELECT * FROM n LIMIT 8) WHERE ai_gen(q) = 'x'", 0))
        .isEqualTo(8);
  }

  @Test
  void theTopRowsAreTheTopRows() {
    List<Row> rows =
        spark.sql("SELECT ai_gen(q) AS g FROM n ORDER BY k DESC, id LIMIT 3").collectAsList();

    assertThat(rows)
        .extracting(row -> row.getString(0))
        .containsExactly("echo: q9", "echo: q19", "echo: q29");
  }

  @Test
  void sortingAsksOnce() {
    assertThat(asked("SELECT id, ai_gen(q) AS g FROM n ORDER BY g", 1000)).isEqualTo(1000);
    assertThat(asked("SELECT id, ai_gen(q) AS g FROM n ORDER BY k", 1000)).isEqualTo(1000);
  }

  @Test
  void branchesThatAreNotTakenAskNothing() {
    assertThat(asked("SELECT coalesce(if(k > 1, 'known', NULL), ai_gen(q)) FROM n", 1000))
        .isEqualTo(200);
    assertThat(asked("SELECT CASE WHEN k = 1 THEN ai_gen(q) END FROM n", 1000)).isEqualTo(100);
  }

  @Test
  void columnsThatNobodyReadsAreNotReadBelow(@TempDir Path temp) {
    String path = temp.resolve("n").toString();
    spark.table("n").write().parquet(path);
    Dataset<Row> rows = spark.read().parquet(path).selectExpr("ai_gen(q) AS g");

    assertThat(((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toString())
        .contains("ReadSchema: struct<q:string>");
  }
}
