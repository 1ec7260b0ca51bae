package io.promptmill.spark.plan;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows on their way to the model.
 *
 * @param rows all columns, to be passed through
 * @param columns what the model reads, one row for each of {@code rows}
 * @param firstRow number of the first row in its partition, from 0
 * @param files file of each row, empty where Spark knows none
 */
record InputBatch(
    List<InternalRow> rows, VectorSchemaRoot columns, long firstRow, List<String> files)
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
    columns.close();
  }
}
