package io.promptmill.udf;

import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.ScoreResult;
import java.util.List;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Fills the {@code scores} column row by row, in ascending order. */
final class ScoresWriter {

  private final OutcomeWriter outcomes;
  private final ListVector loglikelihoods;
  private final ListVector greedy;
  private final ListVector tokenCounts;
  private final IntVector best;
  private final IntVector promptTokens;
  private final IntVector cachedTokens;
  private final IntVector truncatedTokens;
  private final ListVector tokenLogprobs;

  /**
   * @param result a batch with the schema of {@link ResultSchemas#of}
   */
  ScoresWriter(VectorSchemaRoot result, String revision) {
    StructVector rows = (StructVector) result.getVector(ResultSchemas.SCORES);
    this.outcomes = new OutcomeWriter(rows, revision);
    this.loglikelihoods = rows.getChild("loglikelihoods", ListVector.class);
    this.greedy = rows.getChild("is_greedy", ListVector.class);
    this.tokenCounts = rows.getChild("token_counts", ListVector.class);
    this.best = rows.getChild("best", IntVector.class);
    this.promptTokens = rows.getChild("prompt_tokens", IntVector.class);
    this.cachedTokens = rows.getChild("cached_tokens", IntVector.class);
    this.truncatedTokens = rows.getChild("truncated_tokens", IntVector.class);
    this.tokenLogprobs = rows.getChild("token_logprobs", ListVector.class);
  }

  void write(int row, RowScore score) {
    ScoreResult result = score.result();
    List<ContinuationScore> scores = result.continuations();
    double[] sums = new double[scores.size()];
    boolean[] isGreedy = new boolean[scores.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = scores.get(i).loglikelihood();
      isGreedy[i] = scores.get(i).isGreedy();
    }
    outcomes.succeeded(row);
    ListWriting.doubles(loglikelihoods, row, sums);
    ListWriting.booleans(greedy, row, isGreedy);
    ListWriting.ints(tokenCounts, row, score.tokenCounts());
    best.setSafe(row, firstLargest(sums));
    promptTokens.setSafe(row, result.promptTokens());
    cachedTokens.setSafe(row, result.cachedTokens());
    truncatedTokens.setSafe(row, score.truncatedTokens());
    if (tokenLogprobs != null) {
      int start = tokenLogprobs.startNewValue(row);
      ListVector ofCandidates = (ListVector) tokenLogprobs.getDataVector();
      for (int i = 0; i < sums.length; i++) {
        ListWriting.floats(ofCandidates, start + i, scores.get(i).tokenLogprobs());
      }
      tokenLogprobs.endValue(row, sums.length);
    }
  }

  void writeError(int row, RowError error) {
    outcomes.failed(row, error);
  }

  private static int firstLargest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
