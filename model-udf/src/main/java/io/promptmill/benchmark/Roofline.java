package io.promptmill.benchmark;

import io.promptmill.model.runtime.MachineLimits;
import java.util.Arrays;
import java.util.List;

/**
 * The least time that the machine's limits allow for the model's work: FLOP ÷ matrix products a
 * second or bytes ÷ memory reads a second, whichever is longer. Prefill is bound by the first,
 * decoding of few sequences by the second.
 *
 * @param work of the model
 * @param flops matrix products in the model's precision, FLOP a second
 * @param bytes memory reads, bytes a second
 * @param elementBytes of one weight
 */
record Roofline(ModelWork work, double flops, double bytes, int elementBytes) {

  static Roofline of(ModelWork work, MachineLimits limits, String dtype) {
    return new Roofline(work, limits.gflops(dtype) * 1e9, limits.readGbs() * 1e9, bytesOf(dtype));
  }

  /** Bytes of one element of the precision that a model reports. */
  static int bytesOf(String dtype) {
    return dtype.equals("float32") ? Float.BYTES : Short.BYTES;
  }

  /** Seconds for one prompt of this length. */
  double promptSeconds(int tokens) {
    return work.promptFlops(0, tokens) / flops;
  }

  /** Seconds for prompts of these lengths that share their first tokens, computed once. */
  double promptSeconds(List<int[]> prompts) {
    int shared = sharedPrefix(prompts);
    double flop = 0;
    for (int i = 0; i < prompts.size(); i++) {
      flop += work.promptFlops(i == 0 ? 0 : shared, prompts.get(i).length);
    }
    return flop / flops;
  }

  /** Seconds for one token of every sequence. */
  double stepSeconds(int sequences, double context) {
    return Math.max(
        work.stepFlops(sequences, context) / flops,
        work.stepBytes(sequences, context, elementBytes) / bytes);
  }

  /** Tokens at the beginning that all prompts have in common, 0 for a single prompt. */
  static int sharedPrefix(List<int[]> prompts) {
    if (prompts.size() < 2) {
      return 0;
    }
    int[] first = prompts.get(0);
    int shared = first.length;
    for (int[] prompt : prompts.subList(1, prompts.size())) {
      int difference = Arrays.mismatch(first, prompt);
      shared = difference < 0 ? shared : Math.min(shared, difference);
    }
    return shared;
  }
}
