package io.promptmill.udf;

import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import io.promptmill.engine.constraint.TokenConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Optional;
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
  private final int maxPromptTokens;
  private final Optional<TokenConstraint> constraint;

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
    this.prompts = new PromptReader(spec.prompt(), model, true, origin);
    this.encoder = new PromptEncoder(model.tokenizer());
    this.stops = new StopTexts(model.tokenizer(), spec.stop());
    this.maxPromptTokens = maxPromptTokens(spec, model, origin);
    this.constraint = model.constraints().of(spec.constraint());
    constraint.ifPresent(present -> requireLength(present.minTokens(true)));
  }

  private static int maxPromptTokens(InferSpec.Generate spec, OpenModel model, String origin) {
    if (spec.prompt().overflow() == Overflow.FAIL) {
      return Integer.MAX_VALUE; // the engine says how long is too long
    }
    int room = model.maxSequenceTokens() - spec.sampling().maxTokens();
    if (room < 1) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          origin
              + ": expected max tokens below the "
              + model.maxSequenceTokens()
              + " that prompt and completion may have together, found "
              + spec.sampling().maxTokens()
              + ", which leaves nothing of a truncated prompt");
    }
    return room;
  }

  private void requireLength(int least) {
    int maxTokens = spec.sampling().maxTokens();
    if (maxTokens < least) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "max tokens: expected at least %d, the length of the shortest text that fits the"
                  .formatted(least)
              + " constraint, found %d".formatted(maxTokens));
    }
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> texts = prompts.bind(input);
    int count = input.getRowCount();
    int[] truncated = new int[count];
    try (PendingRows<GenerateResult> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(() -> model.engine().submit(request(texts.apply(row), row, truncated)));
      }
      return ResultBatch.of(schema, allocator, count, result -> fill(result, truncated, rows));
    }
  }

  private Request.Generate request(Prompt source, int row, int[] truncated) {
    int[] whole = encoder.encode(source);
    int[] prompt = LeftTruncation.prompt(whole, maxPromptTokens);
    truncated[row] = whole.length - prompt.length;
    return new Request.Generate(
        prompt, spec.sampling(), RowKey.of(prompt), stops::condition, constraint);
  }

  private void fill(VectorSchemaRoot result, int[] truncated, PendingRows<GenerateResult> rows) {
    boolean logprobs = spec.sampling().logprobs() >= 0;
    ResponseWriter writer = new ResponseWriter(result, model.info().revision(), logprobs);
    for (int row = 0; row < truncated.length; row++) {
      PendingRows.Outcome<GenerateResult> outcome = rows.await(row);
      if (outcome.error() != null) {
        writer.writeError(row, outcome.error());
      } else {
        GenerateResult done = outcome.result();
        List<String> completions =
            done.completions().stream().map(each -> stops.text(each.tokenIds())).toList();
        writer.write(row, done, completions, truncated[row]);
      }
    }
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
