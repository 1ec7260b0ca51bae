package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Physical node of {@link Infer}: plans on the driver, {@link InferEvaluatorFactory} runs on
 * executors. Rows or columnar batches in, rows out; keeps partitioning and order.
 */
public final class InferExec extends SparkPlan implements UnaryExecNode {
  private static final long serialVersionUID = 1L;

  private final SparkPlan child;
  private final Seq<Seq<Expression>> inputs;
  private final Seq<Attribute> results;
  private final List<InferCall> calls;
  private transient InferMetrics metrics;

  /** Parameters as those of {@link Infer}. */
  public InferExec(
      SparkPlan child, Seq<Seq<Expression>> inputs, Seq<Attribute> results, List<InferCall> calls) {
    this.child = child;
    this.inputs = inputs;
    this.results = results;
    this.calls = List.copyOf(calls);
  }

  @Override
  public RDD<InternalRow> doExecute() {
    InferEvaluatorFactory evaluators =
        new InferEvaluatorFactory(
            inputs,
            results,
            calls,
            child.output(),
            conf().sessionLocalTimeZone(),
            new SerializableConfiguration(session().sessionState().newHadoopConf()),
            inferMetrics());
    ClassTag<InternalRow> row = ClassTag$.MODULE$.apply(InternalRow.class);
    return child.supportsColumnar()
        ? child.executeColumnar().mapPartitionsWithEvaluator(evaluators.overColumns(), row)
        : child.execute().mapPartitionsWithEvaluator(evaluators, row);
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    return inferMetrics().byName();
  }

  /** Made on first use: a canonicalized copy has no session to register metrics with. */
  private synchronized InferMetrics inferMetrics() {
    if (metrics == null) {
      metrics = InferMetrics.create(session().sparkContext());
    }
    return metrics;
  }

  @Override
  public SparkPlan child() {
    return child;
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
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public Seq<SparkPlan> children() {
    return UnaryExecNode.super.children();
  }

  @Override
  public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> f) {
    return UnaryExecNode.super.mapChildren(f);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return UnaryExecNode.super.withNewChildrenInternal(newChildren);
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new InferExec(newChild, inputs, results, calls);
  }

  @Override
  public String verboseStringWithOperatorId() {
    return UnaryExecNode.super.verboseStringWithOperatorId();
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
    return that instanceof InferExec;
  }

  @Override
  public boolean equals(Object that) {
    return this == that
        || (that instanceof InferExec other
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
