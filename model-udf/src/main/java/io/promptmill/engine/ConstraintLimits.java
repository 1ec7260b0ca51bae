package io.promptmill.engine;

import io.promptmill.engine.constraint.TokenConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/** Whether a constrained completion can be completed whatever is drawn. */
final class ConstraintLimits {
  private ConstraintLimits() {}

  /**
   * @param room tokens that the sequence may have after its prompt
   * @param ending tokens that end a completion
   * @throws PromptmillException with {@code OPTION_INVALID} if no text that fits is that short or
   *     an ending token stands for text; {@code PROMPT_TOO_LONG} if the prompt leaves too little
   *     room
   */
  static void check(
      TokenConstraint constraint, SamplingParams params, int promptLength, int room, int[] ending) {
    for (int token : ending) {
      if (constraint.standsForText(token)) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            ("constrained output needs EOS and stop tokens that stand for no text, token %d stands"
                    + " for some")
                .formatted(token));
      }
    }
    int least = constraint.minTokens(ending.length > 0);
    if (params.maxTokens() < least) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "sampling parameter maxTokens must be at least %d, as the shortest text that fits the"
                  .formatted(least)
              + " constraint has so many tokens, is %d".formatted(params.maxTokens()));
    }
    if (room < least) {
      throw new PromptmillException(
          ErrorCode.PROMPT_TOO_LONG,
          "prompt has %d tokens and leaves room for %d, the shortest text that fits the constraint"
                  .formatted(promptLength, room)
              + " has %d".formatted(least));
    }
  }
}
