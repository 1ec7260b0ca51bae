package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.SqlFile;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
  private final SparkSession spark = SqlFile.session();

  @AfterEach
  void releasesAllArrowMemory() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
  }

  private Dataset<Row> answers(int rows, int distinct, int partitions) {
    spark.range(0, rows, 1, partitions).createOrReplaceTempView("r");
    return spark.sql("SELECT id, ai_gen(concat('q', id %% %d)) AS a FROM r".formatted(distinct));
  }

  @Test
  void aTaskAsksEachRequestOnce() {
    Dataset<Row> rows = answers(5000, 7, 2);

    List<Row> collected = rows.collectAsList();

    assertThat(collected).hasSize(5000);
    assertThat(collected)
        .allSatisfy(row -> assertThat(row.getString(1)).isEqualTo("echo: q" + row.getLong(0) % 7));
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(14);
    assertThat(InferNodes.sum(rows, "reused")).isEqualTo(4986);
    assertThat(InferNodes.sum(rows, "numOutputRows")).isEqualTo(5000);
  }

  @Test
  void everyRowIsARequestWhenItIsSwitchedOff() {
    spark.conf().set("spark.promptmill.deduplicate", "false");
    Dataset<Row> rows = answers(200, 7, 2);

    assertThat(rows.collectAsList()).hasSize(200);
    assertThat(InferNodes.sum(rows, "requests")).isEqualTo(200);
    assertThat(InferNodes.sum(rows, "reused")).isZero();
  }

  @Test
  void rowsWithANullInputAskNothing() {
    Dataset<Row> rows = spark.sql("SELECT id, ai_gen(content), ai_gen(lang) FROM t");

    assertThat(rows.collectAsList()).hasSize(4);
    assertThat(InferNodes.of(rows)).hasSize(1);
    assertThat(InferNodes.sum(rows, "numOutputRows")).isEqualTo(4);
    assertThat(InferNodes.sum(rows, "requests")).isLessThanOrEqualTo(6);
    assertThat(InferNodes.sum(rows, "errors")).isZero();
  }

  @Test
  void theTableForgetsWhatWasAskedForLongestAgo() {
    RequestTable table = new RequestTable(1000);
    Answer first = new Answer();
    table.remember(request("a"), first, 400);
    table.remember(request("b"), new Answer(), 400);
    assertThat(table.find(request("a"))).isSameAs(first);

    table.remember(request("c"), new Answer(), 400);

    assertThat(table.find(request("a"))).as("asked for after b").isSameAs(first);
    assertThat(table.find(request("b"))).isNull();
    assertThat(table.find(request("c"))).isNotNull();
  }

  private static UnsafeRow request(String text) {
    var values = new org.apache.spark.sql.catalyst.expressions.GenericInternalRow(1);
    values.update(0, org.apache.spark.unsafe.types.UTF8String.fromString(text));
    return UnsafeProjection.create(new StructType().add("q", "string")).apply(values).copy();
  }
}
