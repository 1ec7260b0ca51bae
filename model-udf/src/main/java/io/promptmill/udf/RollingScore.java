package io.promptmill.udf;

import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.ScoreResult;
import java.util.List;

/** One result for the windows of one text. */
final class RollingScore {

  private RollingScore() {}

  /**
   * Sums up.
   *
   * @param windows results in the order of the text
   */
  static ScoreResult join(List<ScoreResult> windows) {
    double sum = 0;
    boolean greedy = true;
    int promptTokens = 0;
    int cachedTokens = 0;
    int tokens = 0;
    for (ScoreResult window : windows) {
      ContinuationScore score = window.continuations().get(0);
      sum += score.loglikelihood();
      greedy &= score.isGreedy();
      promptTokens += window.promptTokens();
      cachedTokens += window.cachedTokens();
      tokens += score.tokenLogprobs().length;
    }
    float[] logprobs = new float[tokens];
    int at = 0;
    for (ScoreResult window : windows) {
      float[] part = window.continuations().get(0).tokenLogprobs();
      System.arraycopy(part, 0, logprobs, at, part.length);
      at += part.length;
    }
    return new ScoreResult(
        List.of(new ContinuationScore(sum, greedy, logprobs)), promptTokens, cachedTokens);
  }
}
