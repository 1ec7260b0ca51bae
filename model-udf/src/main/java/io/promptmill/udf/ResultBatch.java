package io.promptmill.udf;

import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A fresh result batch, released again if filling it fails. */
final class ResultBatch {

  private ResultBatch() {}

  /**
   * @param fill writes rows 0 to {@code rows - 1}
   * @return owned by the caller
   */
  static VectorSchemaRoot of(
      Schema schema, BufferAllocator allocator, int rows, Consumer<VectorSchemaRoot> fill) {
    VectorSchemaRoot result = VectorSchemaRoot.create(schema, allocator);
    try {
      for (FieldVector vector : result.getFieldVectors()) {
        vector.setInitialCapacity(rows);
        vector.allocateNew();
      }
      fill.accept(result);
      result.setRowCount(rows);
      return result;
    } catch (RuntimeException | Error e) {
      result.close();
      throw e;
    }
  }
}
