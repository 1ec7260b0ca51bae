package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows on their way to the model.
 *
 * @param rows all columns, to be passed through
 * @param answers for each row, the answer of each call
 * @param requests what the rows ask, for each call
 * @param firstRow number of the first row in its partition, from 0
 * @param files file of each row, empty where Spark knows none
 */
record InputBatch(
    List<InternalRow> rows,
    List<Answer[]> answers,
    List<RequestBatch> requests,
    long firstRow,
    List<String> files)
    implements AutoCloseable {

  /** Place of a row, for messages. */
  String place(int partition, int row) {
    String file = files.get(row);
    String inPartition = "row " + (firstRow + row) + " of partition " + partition;
    return file.isEmpty() ? inPartition : inPartition + " (" + file + ")";
  }

  /** Releases the Arrow buffers; the rows stay. Closing twice does no harm. */
  @Override
  public void close() {
    requests.forEach(RequestBatch::close);
  }
}
