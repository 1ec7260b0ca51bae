package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.ResultSchemas;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.util.ArrowUtils;
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
    InferSpecs.validate(call.spec());
    SparkSession session = (SparkSession) input.sparkSession();
    InferStrategy.register(session);
    LogicalPlan child =
        ((org.apache.spark.sql.classic.Dataset<Row>) input).queryExecution().analyzed();
    StructField result = ArrowUtils.fromArrowSchema(ResultSchemas.of(call.spec())).fields()[0];
    if (Arrays.stream(input.columns()).anyMatch(result.name()::equalsIgnoreCase)) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "the input has a column '%s', which is the result's name; rename or drop it. It has: %s"
              .formatted(result.name(), String.join(", ", input.columns())));
    }
    InputColumns inputs =
        InputColumns.bind(
            CollectionConverters.asJava(child.output()),
            call.spec(),
            session.sessionState().conf().sessionLocalTimeZone());
    Attribute attribute =
        new AttributeReference(
            result.name(),
            result.dataType(),
            result.nullable() || call.requests() != RequestRule.EVERY_ROW,
            result.metadata(),
            NamedExpression.newExprId(),
            Nodes.seq(List.of()));
    return Dataset$.MODULE$.ofRows(
        session,
        new Infer(
            child,
            Nodes.seq(List.of(Nodes.seq(inputs.expressions()))),
            Nodes.seq(List.of(attribute)),
            List.of(call)));
  }
}
