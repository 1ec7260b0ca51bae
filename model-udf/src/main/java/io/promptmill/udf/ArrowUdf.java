package io.promptmill.udf;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A function over Arrow batches: the seam between the model and Spark. Thread-safe. */
public interface ArrowUdf extends AutoCloseable {

  /** Schema of what {@link #apply} gives, one row for each input row. */
  Schema outputSchema();

  /**
   * Computes one batch; blocks until all its rows are done. A row that fails carries its error in
   * its own struct.
   *
   * @param input borrowed: the caller closes it
   * @param allocator the result's buffers come from it
   * @return as many rows as the input, in its order; the caller closes it
   */
  VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator);

  @Override
  void close();
}
