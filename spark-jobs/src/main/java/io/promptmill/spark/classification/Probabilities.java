package io.promptmill.spark.classification;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares of candidates in the probability of all of them together.
 *
 * <p>The sum of a candidate's token log-likelihoods is the log-probability that the model's answer
 * begins with it. It is not divided by the number of tokens: that would favour long labels, whose
 * later tokens are all but certain, and the results would be no probabilities of anything.
 */
final class Probabilities {
  /** Equal tokens have equal log-probabilities; leaves room for devices that round differently. */
  private static final double SAME = 1e-4;

  private Probabilities() {}

  /**
   * Softmax.
   *
   * @param loglikelihoods natural logarithms
   * @return as many, with sum 1
   */
  static double[] of(double[] loglikelihoods) {
    return normalized(weights(loglikelihoods));
  }

  /**
   * For candidates of which some begin others, such as {@code credit} and {@code credit card}: an
   * answer that begins with the longer one begins with the shorter one as well, and is meant to be
   * the longer one alone.
   *
   * @param tokenLogprobs of each candidate's tokens; where a text begins another, its tokens do as
   *     well if their log-probabilities are equal
   */
  static double[] ofNested(
      List<String> candidates, double[] loglikelihoods, List<double[]> tokenLogprobs) {
    double[] all = weights(loglikelihoods);
    double[] own = all.clone();
    List<Integer> longestFirst =
        IntStream.range(0, all.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -tokenLogprobs.get(i).length))
            .toList();
    for (int shorter : longestFirst) {
      for (int longer = 0; longer < all.length; longer++) {
        if (candidates.get(longer).startsWith(candidates.get(shorter))
            && begins(tokenLogprobs.get(shorter), tokenLogprobs.get(longer))) {
          own[shorter] -= own[longer];
        }
      }
      own[shorter] = Math.max(0, own[shorter]); // rounding
    }
    return normalized(own);
  }

  private static boolean begins(double[] shorter, double[] longer) {
    if (shorter.length >= longer.length) {
      return false;
    }
    for (int i = 0; i < shorter.length; i++) {
      if (Math.abs(shorter[i] - longer[i]) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static double[] weights(double[] loglikelihoods) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : loglikelihoods) {
      most = Math.max(most, value);
    }
    double[] weights = new double[loglikelihoods.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(loglikelihoods[i] - most);
    }
    return weights;
  }

  private static double[] normalized(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] shares = new double[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = weights[i] / sum;
    }
    return shares;
  }
}
