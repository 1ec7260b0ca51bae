package io.promptmill.spark.executor;

import io.promptmill.udf.ArrowUdf;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A function that says once when it is no longer used. */
final class InUse implements ArrowUdf {
  private final ArrowUdf udf;
  private final Runnable closed;
  private final AtomicBoolean open = new AtomicBoolean(true);

  InUse(ArrowUdf udf, Runnable closed) {
    this.udf = udf;
    this.closed = closed;
  }

  @Override
  public Schema outputSchema() {
    return udf.outputSchema();
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    return udf.apply(input, allocator);
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      try {
        udf.close();
      } finally {
        closed.run();
      }
    }
  }
}
