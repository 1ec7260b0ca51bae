package io.promptmill.spark.eval.run;

import java.io.Serializable;
import java.util.List;

/** What a row came back with; token counts as in the result columns. */
sealed interface Answer extends Serializable {

  /** Of continuations, or of the one whole text. */
  record Scores(
      List<Double> loglikelihoods,
      List<Boolean> greedy,
      List<Integer> tokenCounts,
      int promptTokens,
      int cachedTokens,
      int truncatedTokens)
      implements Answer {
    public Scores {
      loglikelihoods = List.copyOf(loglikelihoods);
      greedy = List.copyOf(greedy);
      tokenCounts = List.copyOf(tokenCounts);
    }
  }

  /**
   * @param completionTokens of all texts together
   */
  record Texts(
      List<String> texts,
      int promptTokens,
      int cachedTokens,
      int truncatedTokens,
      int completionTokens)
      implements Answer {
    public Texts {
      texts = List.copyOf(texts);
    }
  }

  record Failed(String category, String message) implements Answer {}
}
