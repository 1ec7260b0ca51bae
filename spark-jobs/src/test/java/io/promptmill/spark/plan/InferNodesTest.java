package io.promptmill.spark.plan;

import static io.promptmill.spark.testing.Calls.call;
import static io.promptmill.spark.testing.Calls.generate;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.PromptSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

class InferNodesTest {
  private final SparkSession spark = LocalSpark.session();

  private static QueryExecution execution(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
  }

  private Dataset<Row> input() {
    return spark.range(0, 6, 1, 2).selectExpr("id", "concat('q', id) AS q", "id * 2 AS twice");
  }

  private static Infer logical(Dataset<Row> result) {
    return (Infer) execution(result).analyzed();
  }

  private static InferExec physical(Dataset<Row> result) {
    return find(execution(result).executedPlan());
  }

  private static InferExec find(SparkPlan plan) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return find(adaptive.executedPlan());
    }
    if (plan instanceof InferExec infer) {
      return infer;
    }
    return find(plan.children().head());
  }

  @Test
  void nodesAreEqualWhenTheirPartsAre() {
    Infer infer = logical(Inference.apply(input(), call(generate(new PromptSource.Column("q")))));
    Infer same = new Infer(infer.child(), infer.inputs(), infer.results(), infer.calls());
    Infer other = (Infer) infer.newInstance();

    assertThat(same).isEqualTo(infer).hasSameHashCodeAs(infer);
    assertThat(other).isNotEqualTo(infer);
    assertThat(other.results().head().exprId()).isNotEqualTo(infer.results().head().exprId());
  }

  @Test
  void newChildrenKeepEverythingElse() {
    Infer infer = logical(Inference.apply(input(), call(generate(new PromptSource.Column("q")))));
    LogicalPlan child = execution(input().where("id > 3")).analyzed();

    Infer moved = (Infer) infer.withNewChildren(Nodes.seq(List.of(child)));

    assertThat(moved.child()).isEqualTo(child);
    assertThat(moved.results()).isEqualTo(infer.results());
    assertThat(moved.calls()).isEqualTo(infer.calls());
    assertThat(infer.withNewChildren(infer.children())).isSameAs(infer);
  }

  @Test
  void plansThatDifferInNamesOfAttributesAloneAreTheSameResult() {
    InferCall call = call(generate(new PromptSource.Column("q")));
    Dataset<Row> one = Inference.apply(input(), call);
    Dataset<Row> two = Inference.apply(input(), call);
    Dataset<Row> other = Inference.apply(input(), call(generate(new PromptSource.Column("q"))));

    assertThat(logical(one)).isNotEqualTo(logical(two));
    assertThat(logical(one).sameResult(logical(two))).isTrue();
    assertThat(physical(one).sameResult(physical(two))).isTrue();
    assertThat(logical(one).sameResult(logical(other))).as("counted elsewhere").isFalse();
  }

  @Test
  void columnsThatNobodyReadsAreNotReadBelow(@TempDir Path temp) {
    String path = temp.resolve("t").toString();
    input().write().parquet(path);
    Dataset<Row> result =
        Inference.apply(spark.read().parquet(path), call(generate(new PromptSource.Column("q"))))
            .selectExpr("id", "response.text");

    assertThat(execution(result).executedPlan().toString())
        .contains("ReadSchema: struct<id:bigint,q:string>");
    assertThat(result.collectAsList()).hasSize(6);
  }

  @Test
  void tasksGetTheirPlanBySerialization() throws Exception {
    Dataset<Row> result = Inference.apply(input(), call(generate(new PromptSource.Column("q"))));
    InferExec exec = physical(result);
    Infer infer = logical(result);
    InferEvaluatorFactory factory =
        new InferEvaluatorFactory(
            infer.inputs(),
            infer.results(),
            infer.calls(),
            exec.child().output(),
            "UTC",
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            InferMetrics.create(spark.sparkContext()));

    InferEvaluatorFactory copy = roundTrip(factory);

    assertThat(copy.calls().get(0).spec()).isEqualTo(factory.calls().get(0).spec());
    assertThat(copy.inputs()).isEqualTo(factory.inputs());
    assertThat(copy.results()).isEqualTo(factory.results());
  }

  private static InferEvaluatorFactory roundTrip(InferEvaluatorFactory factory)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(factory);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (InferEvaluatorFactory) in.readObject();
    }
  }

  @Test
  void adaptiveExecutionRunsTheNodeBetweenShuffles() {
    InferCall call = call(generate(new PromptSource.Column("q")));
    Dataset<Row> result =
        Inference.apply(input().repartition(5), call)
            .groupBy("response.finish_reason")
            .agg(org.apache.spark.sql.functions.sum("id").as("sum"));

    assertThat(result.collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getLong(1)).isEqualTo(15));
    assertThat(execution(result).executedPlan()).isInstanceOf(AdaptiveSparkPlanExec.class);
    assertThat(call.counts().value().rows()).isEqualTo(6);
  }

  @Test
  void aResultCanBeJoinedWithItself() {
    Dataset<Row> result = Inference.apply(input(), call(generate(new PromptSource.Column("q"))));

    Dataset<Row> joined =
        result
            .as("a")
            .join(result.as("b"), org.apache.spark.sql.functions.expr("a.id = b.id"))
            .selectExpr("a.response.text", "b.response.text");

    assertThat(joined.collectAsList())
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.getString(0)).isEqualTo(row.getString(1)));
  }

  @Test
  void theSparkUiShowsRowsTokensAndBatches() {
    Dataset<Row> result = Inference.apply(input(), call(generate(new PromptSource.Column("q"))));
    InferExec exec = physical(result);

    execution(result).executedPlan().executeCollect();

    assertThat(CollectionConverters.asJava(exec.metrics()).keySet())
        .contains("numOutputRows", "errors", "promptTokens", "cachedTokens", "waitTime");
    assertThat(exec.longMetric("numOutputRows").value()).isEqualTo(6);
    assertThat(exec.longMetric("completionTokens").value()).isEqualTo(12);
    assertThat(exec.longMetric("batches").value()).isEqualTo(2);
  }

  @Test
  void plansSayWhatIsInferredWithWhichModel() {
    Dataset<Row> result = Inference.apply(input(), call(generate(new PromptSource.Column("q"))));

    assertThat(execution(result).toString()).contains("Infer", "generate with fake:model");
  }
}
