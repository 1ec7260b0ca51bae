package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Logical node: all columns of the child, then a result column for each call.
 *
 * <p>It is a {@link MultiInstanceRelation} so that a DataFrame can be joined with itself: Spark
 * then asks for a copy with result columns of its own.
 */
public final class Infer extends LogicalPlan implements UnaryNode, MultiInstanceRelation {
  private final LogicalPlan child;
  private final Seq<Seq<Expression>> inputs;
  private final Seq<Attribute> results;
  private final List<InferCall> calls;

  /**
   * @param inputs for each call, what the model reads, over the child's columns; in the order of
   *     the spec's required columns
   * @param results the struct columns that are appended, one for each call
   * @param calls at least one, all of equal batches
   */
  public Infer(
      LogicalPlan child,
      Seq<Seq<Expression>> inputs,
      Seq<Attribute> results,
      List<InferCall> calls) {
    this.child = child;
    this.inputs = inputs;
    this.results = results;
    this.calls = List.copyOf(calls);
  }

  @Override
  public LogicalPlan child() {
    return child;
  }

  Seq<Seq<Expression>> inputs() {
    return inputs;
  }

  Seq<Attribute> results() {
    return results;
  }

  List<InferCall> calls() {
    return calls;
  }

  @Override
  public Seq<Attribute> output() {
    return Nodes.append(child.output(), results);
  }

  @Override
  public AttributeSet producedAttributes() {
    return Nodes.attributeSet(results);
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
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public LogicalPlan newInstance() {
    List<Attribute> fresh = Nodes.list(results).stream().map(Attribute::newInstance).toList();
    return new Infer(child, inputs, Nodes.seq(fresh), calls);
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
    return new Infer(newChild, inputs, results, calls);
  }

  @Override
  public String simpleString(int maxFields) {
    return Nodes.describe(inputs, results, calls);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> child;
      case 1 -> inputs;
      case 2 -> results;
      case 3 -> calls;
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
            && results.equals(other.results)
            && calls.equals(other.calls));
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // Spark's own, over the product elements, computed once
  }
}
