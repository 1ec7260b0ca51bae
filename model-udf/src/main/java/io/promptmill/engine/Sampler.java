package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/**
 * Draws a token from logits. The order is that of vLLM's sampler (v1 {@code sampler.py}) and of
 * transformers' logits processors: tokens that may not come yet, penalties, temperature, min-p,
 * top-k, top-p, draw. Equal logits count in order of token id. One thread.
 */
final class Sampler {
  /** Below this the exponential is zero, so it need not be computed. */
  private static final double SMALLEST_EXPONENT = -746.0;

  private final float[] logits;
  private final double[] weights;

  Sampler(int vocabSize) {
    logits = new float[vocabSize];
    weights = new double[vocabSize];
  }

  /**
   * @param raw {@code [vocab]} logits; unchanged
   * @param sample whose next token it is
   * @throws PromptmillException with {@code ENGINE_FAILED} if no token can be drawn
   */
  int draw(float[] raw, Sample sample) {
    sample.allow(raw, logits);
    sample.penalize(logits);
    int best = argmax();
    SamplingParams params = sample.params();
    return params.temperature() == 0.0 ? best : drawFrom(best, params, sample.uniform());
  }

  private int argmax() {
    int best = 0;
    for (int token = 1; token < logits.length; token++) {
      if (logits[token] > logits[best]) {
        best = token;
      }
    }
    // A NaN at 0 would win every comparison.
    if (!Float.isFinite(logits[best])) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "no token can be drawn: the largest of %d logits is %s"
              .formatted(logits.length, logits[best]));
    }
    return best;
  }

  private int drawFrom(int best, SamplingParams params, double uniform) {
    // Min-p keeps what is above a floor and top-k what is on top, so their order does not matter.
    if (params.topK() > 0 && params.topK() < logits.length) {
      NucleusFilter.keepTopK(logits, params.topK());
    }
    double floor = Math.max(Math.log(params.minP()), SMALLEST_EXPONENT);
    for (int token = 0; token < logits.length; token++) {
      double logarithm = ((double) logits[token] - logits[best]) / params.temperature();
      weights[token] = logarithm >= floor ? Math.exp(logarithm) : 0.0;
    }
    if (params.topP() < 1.0) {
      NucleusFilter.keepTopP(weights, params.topP());
    }
    return pick(uniform, best);
  }

  private int pick(double uniform, int best) {
    double total = 0.0;
    for (double weight : weights) {
      total += weight;
    }
    double threshold = uniform * total;
    double cumulative = 0.0;
    int last = best;
    for (int token = 0; token < weights.length; token++) {
      if (weights[token] > 0.0) {
        cumulative += weights[token];
        last = token;
        if (cumulative > threshold) {
          return token;
        }
      }
    }
    return last;
  }
}
