package io.promptmill.spark.plan;

import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.ResultSchemas;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An inference as a value inside an expression: the result struct of {@link ResultSchemas}, null
 * where an input is null. It stands in for a column until {@link ExtractInferences} plans an {@link
 * Infer} that computes it.
 *
 * <p>Deterministic, at any temperature: a completion follows from model, prompt and seed alone.
 */
public final class InferRequest extends Expression implements Unevaluable {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final Seq<Expression> inputs;
  private final InferCall call;

  /**
   * @param function SQL function that asks; for plans and messages
   * @param inputs what the model reads, in the order of the spec's required columns
   */
  public InferRequest(String function, Seq<Expression> inputs, InferCall call) {
    this.function = function;
    this.inputs = inputs;
    this.call = call;
  }

  /**
   * @param columns values of the columns that the call's spec reads, by name
   */
  public static InferRequest of(String function, Map<String, Expression> columns, InferCall call) {
    List<Expression> inputs =
        InferSpecs.requiredColumns(call.spec()).stream().map(columns::get).toList();
    return new InferRequest(function, Nodes.seq(inputs), call);
  }

  String function() {
    return function;
  }

  Seq<Expression> inputs() {
    return inputs;
  }

  InferCall call() {
    return call;
  }

  @Override
  public DataType dataType() {
    return ArrowUtils.fromArrowSchema(ResultSchemas.of(call.spec())).fields()[0].dataType();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public Seq<Expression> children() {
    return inputs;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new InferRequest(function, newChildren, call);
  }

  @Override
  public String prettyName() {
    return function;
  }

  @Override
  public Object eval(InternalRow input) {
    return Unevaluable.super.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return Unevaluable.super.doGenCode(context, code);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> function;
      case 1 -> inputs;
      case 2 -> call;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof InferRequest;
  }

  @Override
  public boolean equals(Object that) {
    return this == that
        || (that instanceof InferRequest other
            && inputs.equals(other.inputs)
            && call.equals(other.call)); // whichever function asks: the answer is the same
  }

  @Override
  public int hashCode() {
    return 31 * inputs.hashCode() + call.hashCode();
  }
}
