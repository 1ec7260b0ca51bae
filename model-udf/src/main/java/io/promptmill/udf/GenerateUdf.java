package io.promptmill.udf;

import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Continues the prompt of every row of a batch. */
final class GenerateUdf implements ArrowUdf {

  private final InferSpec.Generate spec;
  private final OpenModel model;
  private final Schema schema;
  private final PromptReader prompts;
  private final PromptEncoder encoder;
  private final StopTexts stops;

  /**
   * @param origin what to call the checkpoint in errors
   */
  GenerateUdf(InferSpec.Generate spec, OpenModel model, String origin) {
    this.spec = spec;
    this.model = model;
    this.schema = ResultSchemas.of(spec);
    this.prompts = new PromptReader(spec.prompt(), model, true, origin);
    this.encoder = new PromptEncoder(model.tokenizer());
    this.stops = new StopTexts(model.tokenizer(), spec.stop());
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> texts = prompts.bind(input);
    int count = input.getRowCount();
    try (PendingRows<GenerateResult> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(() -> model.engine().submit(request(texts.apply(row))));
      }
      return ResultBatch.of(schema, allocator, count, result -> fill(result, count, rows));
    }
  }

  private Request.Generate request(Prompt source) {
    int[] prompt = encoder.encode(source);
    return new Request.Generate(prompt, spec.sampling(), RowKey.of(prompt), stops::condition);
  }

  private void fill(VectorSchemaRoot result, int count, PendingRows<GenerateResult> rows) {
    boolean logprobs = spec.sampling().logprobs() >= 0;
    ResponseWriter writer = new ResponseWriter(result, model.info().revision(), logprobs);
    for (int row = 0; row < count; row++) {
      PendingRows.Outcome<GenerateResult> outcome = rows.await(row);
      if (outcome.error() != null) {
        writer.writeError(row, outcome.error());
      } else {
        GenerateResult done = outcome.result();
        List<String> completions =
            done.completions().stream().map(each -> stops.text(each.tokenIds())).toList();
        writer.write(row, done, completions);
      }
    }
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
