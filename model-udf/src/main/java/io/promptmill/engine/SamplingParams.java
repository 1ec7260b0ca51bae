package io.promptmill.engine;

import java.io.Serializable;
import java.util.List;

/**
 * How a completion is drawn.
 *
 * @param maxTokens completion tokens at most, at least 1
 * @param minTokens completion tokens before EOS or a stop token may end it, 0 for none; a
 *     constrained text that is complete and cannot grow ends all the same
 * @param temperature 0 is greedy
 * @param topK keep the k most likely tokens, 0 keeps all
 * @param topP keep the smallest set of most likely tokens whose probability reaches this, 1 keeps
 *     all
 * @param minP drop tokens less likely than this times the most likely one, 0 drops none
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens in prompt or
 *     completion, 1 is none
 * @param presencePenalty subtracted once from logits of tokens in the completion
 * @param frequencyPenalty subtracted for every occurrence in the completion
 * @param stopTokenIds tokens that end the completion besides EOS and are left out of it
 * @param ignoreEos whether EOS is a token like any other; a constrained text never has it and then
 *     grows as long as anything fits
 * @param n completions to draw for the prompt
 * @param logprobs alternatives to report with each token's own log-probability: 0 for its own
 *     alone, -1 for none
 * @param seed of the draws; each completion's own stream comes from seed, row key and sample number
 */
public record SamplingParams(
    int maxTokens,
    int minTokens,
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    double presencePenalty,
    double frequencyPenalty,
    List<Integer> stopTokenIds,
    boolean ignoreEos,
    int n,
    int logprobs,
    long seed)
    implements Serializable {

  public SamplingParams {
    stopTokenIds = List.copyOf(stopTokenIds);
  }

  /** Greedy, ends at EOS. */
  public static SamplingParams greedy(int maxTokens) {
    return greedy(maxTokens, false);
  }

  /** Greedy, ends at its length alone. */
  public static SamplingParams greedyToLength(int maxTokens) {
    return greedy(maxTokens, true);
  }

  private static SamplingParams greedy(int maxTokens, boolean ignoreEos) {
    return new SamplingParams(
        maxTokens, 0, 0.0, 0, 1.0, 0.0, 1.0, 0.0, 0.0, List.of(), ignoreEos, 1, -1, 0L);
  }
}
