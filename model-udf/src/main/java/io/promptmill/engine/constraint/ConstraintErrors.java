package io.promptmill.engine.constraint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/** What is wrong with a constraint is wrong with an option. */
final class ConstraintErrors {
  private ConstraintErrors() {}

  static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
