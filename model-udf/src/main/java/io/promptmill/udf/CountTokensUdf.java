package io.promptmill.udf;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Schema;

/** Counts the tokens of every row's text, which needs no model. */
final class CountTokensUdf implements ArrowUdf {

  private final CheckpointText checkpoint;
  private final Schema schema;
  private final PromptReader texts;

  /**
   * @param origin what to call the checkpoint in errors
   */
  CountTokensUdf(InferSpec.CountTokens spec, CheckpointText checkpoint, String origin) {
    this.checkpoint = checkpoint;
    this.schema = ResultSchemas.of(spec);
    this.texts = new PromptReader(spec.prompt(), checkpoint.chat(), false, origin);
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> prompts = texts.bind(input);
    int count = input.getRowCount();
    try (PendingRows<Integer> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(() -> CompletableFuture.completedFuture(count(prompts.apply(row))));
      }
      return ResultBatch.of(schema, allocator, count, result -> fill(result, count, rows));
    }
  }

  private int count(Prompt text) {
    return text instanceof Prompt.Tokens given
        ? given.tokens().length
        : checkpoint.tokenizer().encode(((Prompt.Raw) text).text()).length;
  }

  private void fill(VectorSchemaRoot result, int count, PendingRows<Integer> rows) {
    StructVector column = (StructVector) result.getVector(ResultSchemas.TOKEN_COUNT);
    OutcomeWriter outcomes = new OutcomeWriter(column, checkpoint.revision());
    IntVector counts = column.getChild("count", IntVector.class);
    for (int row = 0; row < count; row++) {
      PendingRows.Outcome<Integer> outcome = rows.await(row);
      if (outcome.error() != null) {
        outcomes.failed(row, outcome.error());
      } else {
        outcomes.succeeded(row);
        counts.setSafe(row, outcome.result());
      }
    }
  }

  /** Leaves the tokenizer open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
