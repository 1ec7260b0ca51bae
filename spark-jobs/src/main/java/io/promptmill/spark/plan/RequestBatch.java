package io.promptmill.spark.plan;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One call's requests on their way to the model.
 *
 * @param columns what the model reads, one row for each request
 * @param answers to be completed, one for each request
 * @param askedBy row of the input batch that asks first, for each request
 * @param reused rows of the input batch that asked what had been asked before
 */
record RequestBatch(
    VectorSchemaRoot columns, List<Answer> answers, List<Integer> askedBy, int reused)
    implements AutoCloseable {

  int size() {
    return answers.size();
  }

  /** Releases the Arrow buffers. Closing twice does no harm. */
  @Override
  public void close() {
    columns.close();
  }
}
