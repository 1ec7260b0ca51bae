package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/**
 * Limits of a {@link ContinuousBatchingEngine}.
 *
 * @param maxStepTokens tokens that one step takes at most; the model's own limit holds as well
 * @param maxRunning sequences in one step at most
 * @param maxSequenceTokens tokens of one sequence at most, prompt and completion together; the
 *     model's positions and the size of the cache hold as well
 * @param prefixCache whether requests share the blocks of equal prefixes
 * @param eosTokenIds tokens that end a completion, none or several
 */
public record EngineOptions(
    int maxStepTokens,
    int maxRunning,
    int maxSequenceTokens,
    boolean prefixCache,
    int[] eosTokenIds) {

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} if a limit is not positive
   */
  public EngineOptions {
    requirePositive("maxStepTokens", maxStepTokens);
    requirePositive("maxRunning", maxRunning);
    requirePositive("maxSequenceTokens", maxSequenceTokens);
    eosTokenIds = eosTokenIds.clone();
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "engine option " + name + " must be at least 1, is " + value);
    }
  }
}
