package io.promptmill.udf;

import io.promptmill.engine.Completion;
import io.promptmill.engine.FinishReason;
import io.promptmill.engine.GenerateResult;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Fills the {@code response} column row by row, in ascending order. */
final class ResponseWriter {

  /** Fields that a completion has both at the top and in {@code samples}. */
  private static final class CompletionWriter {
    private final VarCharVector texts;
    private final VarCharVector finishReasons;
    private final IntVector counts;
    private final ListVector tokenIds;
    private final LogprobsWriter logprobs;

    CompletionWriter(StructVector parent, IntFunction<byte[]> tokenBytes) {
      this.texts = parent.getChild("text", VarCharVector.class);
      this.finishReasons = parent.getChild("finish_reason", VarCharVector.class);
      this.counts = parent.getChild("completion_tokens", IntVector.class);
      this.tokenIds = parent.getChild("token_ids", ListVector.class);
      this.logprobs = new LogprobsWriter(parent, tokenBytes);
    }

    void write(int index, Completion completion, String text, boolean wantsLogprobs) {
      texts.setSafe(index, OutcomeWriter.utf8(text));
      finishReasons.setSafe(index, OutcomeWriter.utf8(completion.finishReason().text()));
      counts.setSafe(index, completion.tokenIds().length);
      ListWriting.ints(tokenIds, index, completion.tokenIds());
      if (wantsLogprobs) {
        logprobs.write(index, completion.logprobs());
      }
    }
  }

  private final OutcomeWriter outcomes;
  private final CompletionWriter first;
  private final VarCharVector finishReasons;
  private final IntVector promptTokens;
  private final IntVector cachedTokens;
  private final IntVector truncatedTokens;
  private final ListVector samples;
  private final CompletionWriter each;

  /**
   * @param result a batch with the schema of {@link ResultSchemas#of}
   * @param tokenBytes what a token stands for
   */
  ResponseWriter(VectorSchemaRoot result, String revision, IntFunction<byte[]> tokenBytes) {
    StructVector rows = (StructVector) result.getVector(ResultSchemas.RESPONSE);
    this.outcomes = new OutcomeWriter(rows, revision);
    this.first = new CompletionWriter(rows, tokenBytes);
    this.finishReasons = rows.getChild("finish_reason", VarCharVector.class);
    this.promptTokens = rows.getChild("prompt_tokens", IntVector.class);
    this.cachedTokens = rows.getChild("cached_tokens", IntVector.class);
    this.truncatedTokens = rows.getChild("truncated_tokens", IntVector.class);
    this.samples = rows.getChild("samples", ListVector.class);
    this.each =
        samples == null
            ? null
            : new CompletionWriter((StructVector) samples.getDataVector(), tokenBytes);
  }

  /**
   * @param texts text of each completion
   * @param truncated tokens cut from the prompt's left
   * @param logprobs whether they were asked for
   */
  void write(int row, GenerateResult result, List<String> texts, int truncated, boolean logprobs) {
    outcomes.succeeded(row);
    promptTokens.setSafe(row, result.promptTokens());
    cachedTokens.setSafe(row, result.cachedTokens());
    truncatedTokens.setSafe(row, truncated);
    first.write(row, result.completions().get(0), texts.get(0), logprobs);
    if (samples != null) {
      int count = result.completions().size();
      int start = samples.startNewValue(row);
      for (int i = 0; i < count; i++) {
        ((StructVector) samples.getDataVector()).setIndexDefined(start + i);
        each.write(start + i, result.completions().get(i), texts.get(i), logprobs);
      }
      samples.endValue(row, count);
    }
  }

  void writeError(int row, RowError error) {
    outcomes.failed(row, error);
    finishReasons.setSafe(row, OutcomeWriter.utf8(FinishReason.ERROR.text()));
  }
}
