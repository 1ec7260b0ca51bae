package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.io.Columns;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.ResultSchemas;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Adds the inference node to a DataFrame; the way in to this package. */
public final class Inference {
  private Inference() {}

  /**
   * The input's columns and, after them, the result column {@code response} or {@code scores}.
   * Nothing runs yet, and no native code is loaded.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the spec is out of range,
   *     a column is unknown or of the wrong type, or the input has a column of the result's name
   */
  public static Dataset<Row> apply(Dataset<Row> input, InferCall call) {
    return apply(input, List.of(call));
  }

  /**
   * As {@link #apply(Dataset, InferCall)}, with a result column for each call, all from one pass
   * over the rows.
   *
   * @param calls at least one, all of equal batches and with results of different names
   */
  public static Dataset<Row> apply(Dataset<Row> input, List<InferCall> calls) {
    SparkSession session = (SparkSession) input.sparkSession();
    InferStrategy.register(session);
    LogicalPlan child =
        ((org.apache.spark.sql.classic.Dataset<Row>) input).queryExecution().analyzed();
    List<Seq<Expression>> inputs = new ArrayList<>();
    List<Attribute> results = new ArrayList<>();
    for (InferCall call : calls) {
      InferSpecs.validate(call.spec());
      results.add(result(input, call));
      inputs.add(
          Nodes.seq(
              InputColumns.bind(
                      CollectionConverters.asJava(child.output()),
                      call.spec(),
                      session.sessionState().conf().sessionLocalTimeZone())
                  .expressions()));
    }
    return Dataset$.MODULE$.ofRows(
        session, new Infer(child, Nodes.seq(inputs), Nodes.seq(results), calls));
  }

  private static Attribute result(Dataset<Row> input, InferCall call) {
    StructField result = ArrowUtils.fromArrowSchema(ResultSchemas.of(call.spec())).fields()[0];
    Columns.requireNone(input.schema(), result.name());
    return new AttributeReference(
        result.name(),
        result.dataType(),
        result.nullable() || call.requests() != RequestRule.EVERY_ROW,
        result.metadata(),
        NamedExpression.newExprId(),
        Nodes.seq(List.of()));
  }
}
