package io.promptmill.spark.plan;

import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * Rows of columnar batches. A row is a view that the next one takes over: readers reuse batches.
 */
final class ColumnarRows extends AbstractIterator<InternalRow> {
  private final Iterator<ColumnarBatch> batches;
  private ColumnarBatch batch;
  private int next;

  ColumnarRows(Iterator<ColumnarBatch> batches) {
    this.batches = batches;
  }

  @Override
  public boolean hasNext() {
    while (batch == null || next == batch.numRows()) {
      if (batch != null) {
        batch.closeIfFreeable(); // as Spark's own transition to rows does; others close themselves
        batch = null;
      }
      if (!batches.hasNext()) {
        return false;
      }
      batch = batches.next();
      next = 0;
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more columnar batches");
    }
    return batch.getRow(next++);
  }
}
