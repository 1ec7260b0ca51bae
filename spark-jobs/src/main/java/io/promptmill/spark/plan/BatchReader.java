package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/** Reads a task's rows in batches. */
final class BatchReader {
  /** A batch ends with the row that reaches it, so that long rows do not fill the heap. */
  private static final long BATCH_BYTES = 4L << 20;

  /** Rows that wait for one request at most, where most rows ask nothing new. */
  private static final int ROWS_OF_REQUEST = 64;

  private final Iterator<InternalRow> input;
  private final List<RequestReader> calls;
  private final int batchRows;
  private final UnsafeProjection copying;
  private long rowsRead;

  BatchReader(
      Iterator<InternalRow> input,
      Seq<Attribute> columns,
      List<RequestReader> calls,
      int batchRows) {
    this.input = input;
    this.copying = UnsafeProjection.create(Nodes.expressions(columns), columns);
    this.calls = calls;
    this.batchRows = batchRows;
  }

  boolean hasNext() {
    return input.hasNext();
  }

  /**
   * The next batch, of one row at least.
   *
   * @param allocator requests' buffers come from it
   */
  InputBatch next(BufferAllocator allocator) {
    List<UnsafeRow> rows = new ArrayList<>();
    List<Answer[]> answers = new ArrayList<>();
    List<String> files = new ArrayList<>();
    List<RequestBatch> requests = new ArrayList<>();
    calls.forEach(call -> call.begin(allocator));
    try {
      long bytes = 0;
      do {
        InternalRow row = input.next();
        Answer[] ofRow = new Answer[calls.size()];
        for (int i = 0; i < ofRow.length; i++) {
          ofRow[i] = calls.get(i).ask(row, rows.size());
        }
        answers.add(ofRow);
        // Spark reuses the row that it hands out, and the columns behind it
        UnsafeRow kept = (row instanceof UnsafeRow whole ? whole : copying.apply(row)).copy();
        rows.add(kept);
        bytes += kept.getSizeInBytes();
        files.add(InputFileBlockHolder.getInputFilePath().toString());
      } while (!isFull(rows.size(), bytes) && input.hasNext());
      calls.forEach(call -> requests.add(call.finish()));
    } catch (Throwable e) {
      calls.forEach(RequestReader::abandon);
      throw e;
    }
    InputBatch batch = new InputBatch(rows, answers, requests, rowsRead, files);
    rowsRead += rows.size();
    return batch;
  }

  private boolean isFull(int rows, long rowBytes) {
    long bytes = rowBytes + calls.stream().mapToLong(RequestReader::bytes).sum();
    return bytes >= BATCH_BYTES
        || rows >= (long) batchRows * ROWS_OF_REQUEST
        || calls.stream().anyMatch(call -> call.size() >= batchRows);
  }
}
