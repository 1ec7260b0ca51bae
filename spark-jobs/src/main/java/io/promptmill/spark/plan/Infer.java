package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Logical node: all columns of the child, then the result column.
 *
 * <p>It is a {@link MultiInstanceRelation} so that a DataFrame can be joined with itself: Spark
 * then asks for a copy with a result column of its own.
 */
public final class Infer extends LogicalPlan implements UnaryNode, MultiInstanceRelation {
  private final LogicalPlan child;
  private final Seq<Expression> inputs;
  private final List<String> inputNames;
  private final Attribute result;
  private final InferCall call;

  /**
   * @param inputs what the model reads, over the child's columns
   * @param inputNames Arrow column names of the inputs
   * @param result the struct column that is appended
   */
  public Infer(
      LogicalPlan child,
      Seq<Expression> inputs,
      List<String> inputNames,
      Attribute result,
      InferCall call) {
    this.child = child;
    this.inputs = inputs;
    this.inputNames = List.copyOf(inputNames);
    this.result = result;
    this.call = call;
  }

  @Override
  public LogicalPlan child() {
    return child;
  }

  Seq<Expression> inputs() {
    return inputs;
  }

  List<String> inputNames() {
    return inputNames;
  }

  Attribute result() {
    return result;
  }

  InferCall call() {
    return call;
  }

  @Override
  public Seq<Attribute> output() {
    return Nodes.append(child.output(), result);
  }

  @Override
  public AttributeSet producedAttributes() {
    return Nodes.attributeSet(result);
  }

  @Override
  public ExpressionSet validConstraints() {
    return child.constraints();
  }

  @Override
  public Option<Object> maxRows() {
    return child.maxRows();
  }

  @Override
  public Option<Object> maxRowsPerPartition() {
    return child.maxRowsPerPartition();
  }

  @Override
  public LogicalPlan newInstance() {
    return new Infer(child, inputs, inputNames, result.newInstance(), call);
  }

  @Override
  public Seq<LogicalPlan> children() {
    return UnaryNode.super.children();
  }

  @Override
  public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> f) {
    return UnaryNode.super.mapChildren(f);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return UnaryNode.super.withNewChildrenInternal(newChildren);
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new Infer(newChild, inputs, inputNames, result, call);
  }

  @Override
  public int productArity() {
    return 5;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> child;
      case 1 -> inputs;
      case 2 -> inputNames;
      case 3 -> result;
      case 4 -> call;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof Infer;
  }

  @Override
  public boolean equals(Object that) {
    return this == that
        || (that instanceof Infer other
            && child.equals(other.child)
            && inputs.equals(other.inputs)
            && inputNames.equals(other.inputNames)
            && result.equals(other.result)
            && call.equals(other.call));
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // Spark's own, over the product elements, computed once
  }
}
