package io.promptmill.spark.eval.report.statistic;

import java.util.List;

/**
 * How sure a model was of one choice among several: softmax over their log-likelihoods.
 *
 * @param chosen index of the likeliest one, the first of equals
 * @param probability of the chosen one
 * @param margin probability that it has more than the next one
 */
public record Confidence(int chosen, double probability, double margin) {

  /**
   * @param loglikelihoods at least two, in nats, at least one of them finite
   */
  public static Confidence of(List<Double> loglikelihoods) {
    int chosen = 0;
    for (int i = 1; i < loglikelihoods.size(); i++) {
      if (loglikelihoods.get(i) > loglikelihoods.get(chosen)) {
        chosen = i;
      }
    }
    double sum = 0;
    double next = 0;
    for (int i = 0; i < loglikelihoods.size(); i++) {
      double weight = Math.exp(loglikelihoods.get(i) - loglikelihoods.get(chosen));
      sum += weight;
      next = i == chosen ? next : Math.max(next, weight);
    }
    return new Confidence(chosen, 1 / sum, (1 - next) / sum);
  }
}
