package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

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
    List<UnsafeRow> rows,
    List<Answer[]> answers,
    List<RequestBatch> requests,
    long firstRow,
    List<String> files)
    implements AutoCloseable {

  /** Place of a row, for messages. */
  RowPlace place(int partition, int row) {
    return new RowPlace(firstRow + row, partition, files.get(row));
  }

  /** Releases the Arrow buffers; the rows stay. Closing twice does no harm. */
  @Override
  public void close() {
    requests.forEach(RequestBatch::close);
  }
}
