package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.StepOutput;
import java.util.Arrays;

/**
 * One row of a step's output.
 *
 * @param row index into the head's rows
 * @param firstTarget index of the row's first target
 * @param logitsIndex index of the row's logits, if they were asked for
 * @param hiddenIndex index of the row's hidden state, if it was asked for
 * @param ofState whether the row was asked for its hidden state, and then for nothing else
 */
record HeadRow(
    StepOutput output,
    int row,
    int firstTarget,
    int logitsIndex,
    int hiddenIndex,
    boolean ofState) {

  /**
   * @throws PromptmillException with {@code ENGINE_FAILED} if what was asked for, the hidden state
   *     or else the logits, is not made of numbers, so that nothing of it means anything
   */
  void requireNumbers(int position) {
    if (ofState) {
      for (float value : hidden()) {
        require(value, "expected a finite hidden state at position %d, found %s", position);
      }
    } else {
      require(
          output.argmaxLogprobs()[row],
          "expected finite logits after position %d, found a largest log-probability of %s",
          position);
    }
  }

  private static void require(float value, String otherwise, int position) {
    if (!Float.isFinite(value)) {
      throw new PromptmillException(ErrorCode.ENGINE_FAILED, otherwise.formatted(position, value));
    }
  }

  /** Most likely token, the lowest id among equals. */
  int argmax() {
    return output.argmax()[row];
  }

  /** Log-probability of the row's i-th target. */
  float target(int i) {
    return output.targetLogprobs()[firstTarget + i];
  }

  /** {@code [hidden]} last hidden state. */
  float[] hidden() {
    return output.hidden()[hiddenIndex];
  }

  /** {@code [vocab]} logits; not to be changed. */
  float[] logits() {
    return output.logits()[logitsIndex];
  }

  /**
   * A token with its own log-probability under the model and those of the most likely ones. Needs
   * the logits unless the token is the most likely one.
   */
  TokenLogprob logprob(int tokenId, int alternatives) {
    int[] ids = Arrays.copyOf(output.topIds()[row], alternatives);
    float[] logprobs = Arrays.copyOf(output.topLogprobs()[row], alternatives);
    float own = output.argmaxLogprobs()[row];
    if (tokenId != argmax()) {
      // The normaliser is the same, so the difference of the logits is that of the logarithms.
      own -= logits()[argmax()] - logits()[tokenId];
    }
    for (int i = 0; i < alternatives; i++) {
      if (ids[i] == tokenId) {
        own = logprobs[i];
      }
    }
    return new TokenLogprob(tokenId, own, ids, logprobs);
  }
}
