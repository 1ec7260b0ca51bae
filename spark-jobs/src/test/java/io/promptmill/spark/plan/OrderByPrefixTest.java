package io.promptmill.spark.plan;

import static io.promptmill.spark.testing.Calls.call;
import static io.promptmill.spark.testing.Calls.generate;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.PromptSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class OrderByPrefixTest {
  private final SparkSession spark = LocalSpark.session();

  /** Forty rows of four headers, far apart. */
  private Dataset<Row> shuffled() {
    return spark
        .range(0, 40, 1, 3)
        .selectExpr("id", "concat('header ', id % 4, ': question ', id) AS `the prompt`");
  }

  @Test
  void partitionsAreRangesOfPromptsInOrderAndNoRowIsLost() {
    InferSpec spec = generate(new PromptSource.Column("the prompt"));

    Dataset<Row> result =
        Inference.apply(OrderByPrefix.apply(shuffled(), spec, 5), call(spec))
            .withColumn("partition", functions.spark_partition_id());

    List<String> prompts = new ArrayList<>();
    List<Integer> partitions = new ArrayList<>();
    for (Row row : result.collectAsList()) {
      prompts.add(row.getString(1));
      partitions.add(row.getAs("partition"));
    }
    assertThat(prompts).hasSize(40).doesNotHaveDuplicates().isSorted();
    assertThat(partitions).isSorted();
    assertThat(partitions.stream().distinct()).hasSize(5);
  }

  @Test
  void thePlanShowsItBelowTheInference() {
    InferSpec spec = generate(new PromptSource.Column("the prompt"));

    String plan =
        Inference.apply(OrderByPrefix.apply(shuffled(), spec, 5), call(spec))
            .queryExecution()
            .explainString(org.apache.spark.sql.execution.ExplainMode.fromString("simple"));

    assertThat(plan)
        .containsSubsequence(
            "Infer", "Sort [the prompt", "Exchange rangepartitioning(the prompt", ", 5)");
  }

  @Test
  void aTemplateOrdersByItsColumnsAsTheyStandInIt() {
    Dataset<Row> input =
        spark.sql("SELECT * FROM VALUES ('a', 2), ('b', 1), ('a', 1), ('b', 2) AS t(x, y)");

    assertThat(ordered(input, "{y} then {x}")).containsExactly("a1", "b1", "a2", "b2");
    assertThat(ordered(input, "{x} then {y}")).containsExactly("a1", "a2", "b1", "b2");
    assertThat(OrderByPrefix.apply(input, generate(new PromptSource.Template("none")), 3))
        .isSameAs(input);
  }

  private static List<String> ordered(Dataset<Row> input, String template) {
    return OrderByPrefix.apply(input, generate(new PromptSource.Template(template)), 2)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + row.get(1))
        .toList();
  }

  @Test
  void conversationsOrderByTheirTurns() {
    Dataset<Row> input =
        spark.sql(
            "SELECT * FROM VALUES (array(named_struct('role', 'user', 'content', 'b'))),"
                + " (array(named_struct('role', 'system', 'content', 's'),"
                + " named_struct('role', 'user', 'content', 'a'))) AS t(m)");

    List<Row> rows =
        OrderByPrefix.apply(input, generate(new PromptSource.Messages("m")), 2).collectAsList();

    assertThat(rows.get(0).<Row>getList(0).get(0).getString(0)).isEqualTo("system");
  }

  @Test
  void everyCoreGetsAPartitionAndLargeInputsGetMore() {
    assertThat(OrderByPrefix.partitions(10, 4)).isEqualTo(4);
    assertThat(OrderByPrefix.partitions(4096, 4)).isEqualTo(8);
  }
}
