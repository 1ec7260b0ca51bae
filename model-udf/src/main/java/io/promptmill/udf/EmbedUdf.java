package io.promptmill.udf;

import io.promptmill.engine.EmbedResult;
import io.promptmill.engine.Pooling;
import io.promptmill.engine.Request;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Schema;

/** Gives every row of a batch the hidden states of its text, pooled. */
final class EmbedUdf implements ArrowUdf {

  private final OpenModel model;
  private final Schema schema;
  private final Pooling pooling;
  private final PromptReader texts;
  private final PromptEncoder encoder;

  /**
   * @param origin what to call the checkpoint in errors
   */
  EmbedUdf(InferSpec.Embed spec, OpenModel model, String origin) {
    this.model = model;
    this.schema = ResultSchemas.of(spec);
    this.pooling = spec.pooling();
    this.texts = new PromptReader(spec.prompt(), model.chat(), false, origin);
    this.encoder = new PromptEncoder(model.tokenizer());
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> prompts = texts.bind(input);
    int count = input.getRowCount();
    try (PendingRows<EmbedResult> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(
            () ->
                model
                    .engine()
                    .submit(new Request.Embed(encoder.encode(prompts.apply(row)), pooling)));
      }
      return ResultBatch.of(schema, allocator, count, result -> fill(result, count, rows));
    }
  }

  private void fill(VectorSchemaRoot result, int count, PendingRows<EmbedResult> rows) {
    StructVector column = (StructVector) result.getVector(ResultSchemas.EMBEDDING);
    OutcomeWriter outcomes = new OutcomeWriter(column, model.info().revision());
    ListVector values = column.getChild("values", ListVector.class);
    IntVector promptTokens = column.getChild("prompt_tokens", IntVector.class);
    IntVector cachedTokens = column.getChild("cached_tokens", IntVector.class);
    for (int row = 0; row < count; row++) {
      PendingRows.Outcome<EmbedResult> outcome = rows.await(row);
      if (outcome.error() != null) {
        outcomes.failed(row, outcome.error());
        continue;
      }
      outcomes.succeeded(row);
      ListWriting.floats(values, row, outcome.result().hidden());
      promptTokens.setSafe(row, outcome.result().promptTokens());
      cachedTokens.setSafe(row, outcome.result().cachedTokens());
    }
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
