package io.promptmill.udf;

import io.promptmill.engine.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Gives every row of a batch the log-likelihoods of its candidates, or of its whole text. */
final class ScoreUdf implements ArrowUdf {

  private final InferSpec.Score spec;
  private final OpenModel model;
  private final Schema schema;
  private final PromptReader prompts;
  private final ScoreEncoder encoder;
  private final boolean wholeText;
  private final String answerStart;

  /**
   * @param origin what to call the checkpoint in errors
   */
  ScoreUdf(InferSpec.Score spec, OpenModel model, String origin) {
    this.spec = spec;
    this.model = model;
    this.schema = ResultSchemas.of(spec);
    this.wholeText = spec.candidates() instanceof CandidateSource.WholeText;
    this.prompts = new PromptReader(spec.prompt(), model.chat(), !wholeText, origin);
    this.encoder = new ScoreEncoder(model.tokenizer(), spec.tokenLogprobs());
    this.answerStart =
        spec.prompt().source() instanceof PromptSource.Instruction ? AnswerStart.of(model) : "";
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    IntFunction<Prompt> texts = prompts.bind(input);
    CandidateReader candidates = wholeText ? null : CandidateReader.bind(spec.candidates(), input);
    int count = input.getRowCount();
    try (PendingRows<RowScore> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(
            () -> {
              Prompt prompt = texts.apply(row);
              return wholeText ? submitWhole(prompt) : submit(prompt, candidates.at(row));
            });
      }
      return ResultBatch.of(
          schema,
          allocator,
          count,
          result -> {
            ScoresWriter writer = new ScoresWriter(result, model.info().revision());
            for (int row = 0; row < count; row++) {
              PendingRows.Outcome<RowScore> outcome = rows.await(row);
              if (outcome.error() != null) {
                writer.writeError(row, outcome.error());
              } else {
                writer.write(row, outcome.result());
              }
            }
          });
    }
  }

  private CompletableFuture<RowScore> submit(Prompt prompt, List<String> candidates) {
    List<String> answers = candidates.stream().map(answerStart::concat).toList();
    Request.Score request = encoder.candidates(prompt, answers);
    int[] counts = request.continuations().stream().mapToInt(ids -> ids.length).toArray();
    if (spec.prompt().overflow() == Overflow.FAIL) {
      return JoinedRequests.submit(
          model.engine(), List.of(request), results -> new RowScore(results.get(0), counts, 0));
    }
    List<LeftTruncation.Part> parts = LeftTruncation.score(request, model.maxSequenceTokens());
    int dropped = parts.stream().mapToInt(LeftTruncation.Part::dropped).max().orElse(0);
    return JoinedRequests.submit(
        model.engine(),
        parts.stream().map(LeftTruncation.Part::request).toList(),
        results -> new RowScore(LeftTruncation.join(parts, results), counts, dropped));
  }

  private CompletableFuture<RowScore> submitWhole(Prompt prompt) {
    List<Request.Score> windows = encoder.wholeText(prompt, model.maxSequenceTokens());
    int tokens = windows.stream().mapToInt(w -> w.continuations().get(0).length).sum();
    return JoinedRequests.submit(
        model.engine(),
        windows,
        results -> new RowScore(RollingScore.join(results), new int[] {tokens}, 0));
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
