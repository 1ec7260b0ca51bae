package io.promptmill.spark.eval.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of the n-grams of one order. */
final class NgramCounts {
  private final Map<List<String>, Integer> counts = new HashMap<>();
  private int total = 0;

  NgramCounts(List<String> tokens, int order) {
    for (int i = 0; i + order <= tokens.size(); i++) {
      counts.merge(tokens.subList(i, i + order), 1, Integer::sum);
      total++;
    }
  }

  int total() {
    return total;
  }

  /** N-grams that the other has too, each as often as in the one where it is rarer. */
  int shared(NgramCounts other) {
    int shared = 0;
    for (Map.Entry<List<String>, Integer> ngram : counts.entrySet()) {
      shared += Math.min(ngram.getValue(), other.counts.getOrDefault(ngram.getKey(), 0));
    }
    return shared;
  }
}
