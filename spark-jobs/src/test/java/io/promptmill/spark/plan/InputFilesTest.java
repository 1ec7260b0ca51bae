package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three files, which one task reads ahead of what it has answered. */
class InputFilesTest {
  private final SparkSession spark = SqlFile.session();

  @TempDir Path temp;

  @BeforeEach
  void threeFilesOfOnePartition() {
    spark.conf().set("spark.sql.files.maxPartitionBytes", "1g");
    spark.conf().set("spark.sql.files.openCostInBytes", "0");
    spark.conf().set("spark.sql.files.minPartitionNum", "1");
    String path = temp.resolve("files").toString();
    for (String file : new String[] {"a", "b", "c"}) {
      spark
          .range(0, 100, 1, 1)
          .selectExpr("'%s' AS file".formatted(file), "concat('q', id) AS q")
          .write()
          .mode(SaveMode.Append)
          .parquet(path);
    }
    Dataset<Row> stored = spark.read().parquet(path);
    stored.createOrReplaceTempView("stored");
    assertThat(stored.rdd().getNumPartitions()).isEqualTo(1);
    spark
        .table("stored")
        .selectExpr("file", "input_file_name() AS name")
        .distinct()
        .cache()
        .createOrReplaceTempView("names");
    assertThat(spark.table("names").count()).isEqualTo(3);
  }

  /** Rows that are answered and name their own file; {@code file}, {@code said}, {@code a}. */
  private long right(String sql) {
    spark.sql(sql).createOrReplaceTempView("answered");
    return spark
        .sql("SELECT * FROM answered JOIN names USING (file) WHERE said = names.name AND a != ''")
        .count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRowNamesItsOwnFile(boolean ordered) {
    spark.conf().set("spark.promptmill.orderByPrefix", ordered);

    assertThat(right("SELECT file, input_file_name() AS said, ai_gen(q) AS a FROM stored"))
        .as("beside a call")
        .isEqualTo(300);
    assertThat(
            right(
                "SELECT file, input_file_name() AS said, a"
                    + " FROM (SELECT file, ai_gen(q) AS a FROM stored WHERE q != 'q7')"))
        .as("above a call")
        .isEqualTo(297);
    assertThat(
            right(
                "SELECT file, input_file_name() AS said, q AS a FROM stored"
                    + " WHERE ai_gen(q) LIKE 'echo%' AND input_file_name() LIKE 'file%'"))
        .as("above a condition, and in it")
        .isEqualTo(300);
    assertThat(
            right(
                "SELECT file, input_file_name() AS said, max(ai_gen(q)) AS a FROM stored"
                    + " GROUP BY file, input_file_name()"))
        .as("grouped")
        .isEqualTo(3);
  }

  @Test
  void aRequestMayReadItsFileAndItsBlock() {
    assertThat(
            right(
                "SELECT file, substring(ai_gen(input_file_name()), 7) AS said,"
                    + " ai_gen(CAST(input_file_block_start() AS STRING)) AS a FROM stored"
                    + " WHERE q = 'q1'"))
        .isEqualTo(3);
    assertThat(
            spark
                .sql("SELECT input_file_block_length() AS b, ai_gen(q) FROM stored")
                .where("b > 0")
                .collectAsList())
        .hasSize(300);
  }
}
