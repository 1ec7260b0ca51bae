package io.promptmill.udf;

import io.promptmill.engine.Engine;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
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

  /**
   * @param origin what to call the checkpoint in errors
   */
  ScoreUdf(InferSpec.Score spec, OpenModel model, String origin) {
    this.spec = spec;
    this.model = model;
    this.schema = ResultSchemas.of(spec);
    this.wholeText = spec.candidates() instanceof CandidateSource.WholeText;
    this.prompts = new PromptReader(spec.prompt(), model, !wholeText, origin);
    this.encoder = new ScoreEncoder(model.tokenizer(), spec.tokenLogprobs());
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
    int[][] tokenCounts = new int[count][];
    try (PendingRows<ScoreResult> rows = new PendingRows<>()) {
      for (int i = 0; i < count; i++) {
        int row = i;
        rows.submit(
            () -> {
              Prompt prompt = texts.apply(row);
              return wholeText
                  ? submitWhole(prompt, row, tokenCounts)
                  : submit(prompt, candidates.at(row), row, tokenCounts);
            });
      }
      return ResultBatch.of(
          schema,
          allocator,
          count,
          result -> {
            ScoresWriter writer = new ScoresWriter(result, model.info().revision());
            for (int row = 0; row < count; row++) {
              PendingRows.Outcome<ScoreResult> outcome = rows.await(row);
              if (outcome.error() != null) {
                writer.writeError(row, outcome.error());
              } else {
                writer.write(row, outcome.result(), tokenCounts[row]);
              }
            }
          });
    }
  }

  private CompletableFuture<ScoreResult> submit(
      Prompt prompt, List<String> candidates, int row, int[][] tokenCounts) {
    Request.Score request = encoder.candidates(prompt, candidates);
    tokenCounts[row] = request.continuations().stream().mapToInt(ids -> ids.length).toArray();
    return model.engine().submit(request);
  }

  private CompletableFuture<ScoreResult> submitWhole(Prompt prompt, int row, int[][] tokenCounts) {
    Engine engine = model.engine();
    List<Request.Score> windows = encoder.wholeText(prompt, model.maxSequenceTokens());
    int tokens = windows.stream().mapToInt(w -> w.continuations().get(0).length).sum();
    tokenCounts[row] = new int[] {tokens};
    return RollingScore.submit(engine, windows);
  }

  /** Leaves the engine open: it belongs to all tasks of the JVM. */
  @Override
  public void close() {}
}
