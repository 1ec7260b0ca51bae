package io.promptmill.engine;

import java.util.Arrays;
import java.util.List;

/** What an engine over {@link FakeLm} must answer, computed token by token without any cache. */
record Oracle(int vocabSize, int[] eosTokenIds) {

  /** Greedy completion without parameters other than the length. */
  Completion greedy(int[] prompt, int maxTokens) {
    int[] tokens = prompt;
    IntList drawn = new IntList();
    while (drawn.size() < maxTokens) {
      int next = FakeLm.ranked(FakeLm.logitsAfter(tokens, vocabSize))[0];
      if (Arrays.stream(eosTokenIds).anyMatch(eos -> eos == next)) {
        return new Completion(drawn.toArray(), FinishReason.STOP, List.of());
      }
      drawn.add(next);
      tokens = append(tokens, next);
    }
    return new Completion(drawn.toArray(), FinishReason.LENGTH, List.of());
  }

  ContinuationScore score(int[] context, int[] continuation) {
    int[] tokens = context;
    float[] logprobs = new float[continuation.length];
    double sum = 0;
    boolean greedy = true;
    for (int i = 0; i < continuation.length; i++) {
      float[] logits = FakeLm.logitsAfter(tokens, vocabSize);
      logprobs[i] = FakeLm.logSoftmax(logits)[continuation[i]];
      sum += logprobs[i];
      greedy &= FakeLm.ranked(logits)[0] == continuation[i];
      tokens = append(tokens, continuation[i]);
    }
    return new ContinuationScore(sum, greedy, logprobs);
  }

  /** Mean of the hidden states after each of the prompt's tokens. */
  float[] meanState(int[] prompt) {
    double[] sum = new double[FakeLm.HIDDEN];
    for (int length = 1; length <= prompt.length; length++) {
      float[] state = FakeLm.logitsAfter(Arrays.copyOf(prompt, length), vocabSize);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += state[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / prompt.length);
    }
    return mean;
  }

  static int[] append(int[] tokens, int next) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = next;
    return longer;
  }
}
