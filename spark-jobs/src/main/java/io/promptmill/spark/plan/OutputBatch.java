package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.executor.ModelFacts;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/**
 * The results of a call's requests. Reads the result struct's fields by the names that {@link
 * io.promptmill.udf.ResultSchemas} gives them.
 */
final class OutputBatch implements AutoCloseable {
  private final RequestBatch requests;
  private final VectorSchemaRoot output;
  private final ArrowColumnVector result;

  /**
   * @param output one struct column; owned
   * @throws PromptmillException if the function broke its promise of one result for each request
   */
  OutputBatch(RequestBatch requests, VectorSchemaRoot output) {
    this.requests = requests;
    this.output = output;
    if (output.getFieldVectors().size() != 1 || output.getRowCount() != requests.size()) {
      String found =
          output.getRowCount() + " rows of " + output.getFieldVectors().size() + " columns";
      output.close();
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "the Arrow function gave "
              + found
              + " for "
              + requests.size()
              + " rows; expected as many rows, of 1 column");
    }
    this.result = new ArrowColumnVector(output.getVector(0));
  }

  private int rowCount() {
    return output.getRowCount();
  }

  /** Copies the results to those who asked; they then outlive this batch. */
  void answer(UnsafeProjection copying) {
    for (int row = 0; row < rowCount(); row++) {
      requests.answers().get(row).complete(copying.apply(result.getStruct(row)).copy());
    }
  }

  /**
   * Tallies the batch.
   *
   * @param rows rows that it answers
   * @param models what computed it
   */
  RowCounts counts(long rows, long waitNanos, Set<ModelFacts> models) {
    TreeMap<String, Long> errors = new TreeMap<>();
    ArrowColumnVector error = child("error");
    for (int row = 0; row < rowCount(); row++) {
      if (!error.isNullAt(row)) {
        errors.merge(error.getChild(0).getUTF8String(row).toString(), 1L, Long::sum);
      }
    }
    ArrowColumnVector revision = child("model_revision");
    Set<String> revisions =
        rowCount() == 0 || revision.isNullAt(0)
            ? Set.of()
            : Set.of(revision.getUTF8String(0).toString()); // one model answers a whole batch
    return new RowCounts(
        rows,
        errors,
        sum("prompt_tokens"),
        sum("cached_tokens"),
        completionTokens(),
        rowCount() == 0 ? 0 : 1,
        waitNanos,
        revisions,
        models);
  }

  /**
   * @throws PromptmillException with the first failed row's category, message and place
   */
  void failOnError(InputBatch input, int partition) {
    ArrowColumnVector error = child("error");
    for (int row = 0; row < rowCount(); row++) {
      if (!error.isNullAt(row)) {
        RowError found =
            new RowError(
                error.getChild(0).getUTF8String(row).toString(),
                error.getChild(1).getUTF8String(row).toString());
        throw found.failure(input.place(partition, requests.askedBy().get(row)));
      }
    }
  }

  /** Of all samples, where requests have several. */
  private long completionTokens() {
    if (index("samples") < 0) {
      return sum("completion_tokens");
    }
    ListVector lists = (ListVector) ((StructVector) output.getVector(0)).getChild("samples");
    IntVector tokens =
        ((StructVector) lists.getDataVector()).getChild("completion_tokens", IntVector.class);
    long sum = 0;
    for (int i = 0; i < tokens.getValueCount(); i++) {
      sum += tokens.get(i);
    }
    return sum;
  }

  private long sum(String field) {
    int index = index(field);
    if (index < 0) {
      return 0; // scores have no completion
    }
    ArrowColumnVector values = result.getChild(index);
    long sum = 0;
    for (int row = 0; row < rowCount(); row++) {
      sum += values.isNullAt(row) ? 0 : values.getInt(row);
    }
    return sum;
  }

  private ArrowColumnVector child(String field) {
    int index = index(field);
    if (index < 0) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "the Arrow function's result has no field " + field + ": " + output.getSchema());
    }
    return result.getChild(index);
  }

  private int index(String field) {
    FieldVector struct = output.getVector(0);
    for (int i = 0; i < struct.getField().getChildren().size(); i++) {
      if (struct.getField().getChildren().get(i).getName().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    output.close();
  }
}
