package io.promptmill.spark.eval;

import java.util.List;

/** What came back for an item's {@link ModelCall}. */
public sealed interface ModelAnswer {

  /** One for each pair, in order. */
  record Loglikelihoods(List<Likelihood> likelihoods) implements ModelAnswer {
    public Loglikelihoods {
      likelihoods = List.copyOf(likelihoods);
    }
  }

  /**
   * @param sum log-likelihood of the continuation, in nats
   * @param greedy whether every token of it is the likeliest one
   */
  record Likelihood(double sum, boolean greedy) {}

  /** Log-likelihood of the whole text, in nats. */
  record Rolling(double sum) implements ModelAnswer {}

  /** As many texts as repeats, cut at the stop strings. */
  record Texts(List<String> texts) implements ModelAnswer {
    public Texts {
      texts = List.copyOf(texts);
    }
  }

  /**
   * The row failed alone.
   *
   * @param category as in the error column of {@code score} and {@code generate}
   */
  record Failed(String category, String message) implements ModelAnswer {}
}
