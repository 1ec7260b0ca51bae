package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.PartitionEvaluator;
import org.apache.spark.PartitionEvaluatorFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.immutable.Seq;

/** The serializable half of {@link InferExec}: everything that a task needs, as values. */
record InferEvaluatorFactory(
    Seq<Seq<Expression>> inputs,
    Seq<Attribute> results,
    List<InferCall> calls,
    Seq<Attribute> childOutput,
    String timeZone,
    SerializableConfiguration hadoop,
    InferMetrics metrics)
    implements PartitionEvaluatorFactory<InternalRow, InternalRow> {

  @Override
  public PartitionEvaluator<InternalRow, InternalRow> createEvaluator() {
    return (partition, iterators) -> new InferEvaluator(this, partition, iterators.head());
  }

  /** The same over columnar batches. */
  PartitionEvaluatorFactory<ColumnarBatch, InternalRow> overColumns() {
    return () ->
        (partition, iterators) ->
            new InferEvaluator(this, partition, new ColumnarRows(iterators.head()));
  }
}
