package io.promptmill.engine;

import java.util.List;

/**
 * One drawn completion.
 *
 * @param tokenIds tokens drawn, the ending EOS or stop token left out
 * @param finishReason why it ended
 * @param logprobs one for each token, empty unless asked for
 */
public record Completion(int[] tokenIds, FinishReason finishReason, List<TokenLogprob> logprobs) {
  public Completion {
    logprobs = List.copyOf(logprobs);
  }
}
