package io.promptmill.engine;

import java.util.List;

/**
 * @param continuations one for each candidate, in order
 * @param promptTokens length of the context
 * @param cachedTokens context tokens whose latents were already there
 */
public record ScoreResult(
    List<ContinuationScore> continuations, int promptTokens, int cachedTokens) {
  public ScoreResult {
    continuations = List.copyOf(continuations);
  }
}
