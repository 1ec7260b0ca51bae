package io.promptmill.udf;

import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.Tokenizer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private final RowSettings ofAll;

  /**
   * @param origin what to call the checkpoint in errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if prompts are to be
   *     truncated and completions leave no room for any, or if no text that fits the constraint is
   *     as short as a completion may be
   */
  GenerateUdf(InferSpec.Generate spec, OpenModel model, String origin) {
    this.spec = spec;
    this.model = model;
    this.schema = ResultSchemas.of(spec);
    this.prompts = new PromptReader(spec.prompt(), model.chat(), true, origin);
    this.encoder = new PromptEncoder(model.tokenizer());
    this.ofAll = RowSettings.of(RowParameters.of(spec), spec.prompt().overflow(), model);
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> texts = prompts.bind(input);
    IntFunction<RowSettings> parameters =
        spec.parameters()
            .map(column -> RowSettings.bind(input, column, spec, model))
            .orElse(row -> ofAll);
    int count = input.getRowCount();
    int[] truncated = new int[count];
    RowSettings[] settings = new RowSettings[count];
    try (PendingRows<GenerateResult> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(
            () -> {
              settings[row] = parameters.apply(row);
              int[] whole = encoder.encode(texts.apply(row));
              int[] prompt = LeftTruncation.prompt(whole, settings[row].maxPromptTokens());
              truncated[row] = whole.length - prompt.length;
              return submit(prompt, settings[row]);
            });
      }
      return ResultBatch.of(
          schema, allocator, count, result -> fill(result, settings, truncated, rows));
    }
  }

  private CompletableFuture<GenerateResult> submit(int[] prompt, RowSettings settings) {
    CompletableFuture<GenerateResult> row =
        model
            .engine()
            .submit(
                new Request.Generate(
                    prompt,
                    settings.sampling(),
                    RowKey.of(prompt),
                    settings.stops()::condition,
                    settings.constraint()));
    if (spec.parameters().isEmpty() || !row.isCompletedExceptionally()) {
      return row;
    }
    return row.exceptionallyCompose(
        failure ->
            CompletableFuture.failedFuture(
                failure instanceof PromptmillException refused
                    ? RowSettings.ownError(refused)
                    : failure));
  }

  private void fill(
      VectorSchemaRoot result,
      RowSettings[] settings,
      int[] truncated,
      PendingRows<GenerateResult> rows) {
    ResponseWriter writer = new ResponseWriter(result, model.info().revision(), this::bytes);
    for (int row = 0; row < truncated.length; row++) {
      PendingRows.Outcome<GenerateResult> outcome = rows.await(row);
      if (outcome.error() != null) {
        writer.writeError(row, outcome.error());
      } else {
        GenerateResult done = outcome.result();
        StopTexts stops = settings[row].stops();
        List<String> completions =
            done.completions().stream().map(each -> stops.text(each.tokenIds())).toList();
        boolean logprobs = settings[row].sampling().logprobs() >= 0;
        writer.write(row, done, completions, truncated[row], logprobs);
      }
    }
  }

  /** Models may have more ids than their tokenizers; those stand for nothing. */
  private byte[] bytes(int tokenId) {
    Tokenizer tokenizer = model.tokenizer();
    return tokenId < tokenizer.vocabSize() ? tokenizer.bytes(tokenId) : new byte[0];
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
