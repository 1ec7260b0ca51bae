package io.promptmill.udf;

import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.Engine;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One result for the windows of one text. */
final class RollingScore {

  private RollingScore() {}

  /** Submits all windows; cancelling the result cancels them. */
  static CompletableFuture<ScoreResult> submit(Engine engine, List<Request.Score> windows) {
    List<CompletableFuture<ScoreResult>> parts = new ArrayList<>(windows.size());
    for (Request.Score window : windows) {
      parts.add(engine.submit(window));
    }
    CompletableFuture<ScoreResult> whole =
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
            .thenApply(done -> join(parts.stream().map(CompletableFuture::join).toList()));
    CompletableFuture<ScoreResult> unused =
        whole.whenComplete((result, failure) -> parts.forEach(part -> part.cancel(false)));
    return whole;
  }

  /** Sums in the order of the text, so that the result does not depend on who was done first. */
  private static ScoreResult join(List<ScoreResult> windows) {
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
