package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/** Why one row has no result; the rows beside it go on. */
record RowError(ErrorCode category, String message) {

  static RowError of(PromptmillException failure) {
    return new RowError(failure.code(), failure.getMessage());
  }

  /** Whether such a failure is one row's own; any other would be that of all rows alike. */
  static boolean concernsOneRow(ErrorCode code) {
    return switch (code) {
      case PROMPT_INVALID,
          PROMPT_TOO_LONG,
          TEMPLATE_FAILED,
          CANDIDATES_INVALID,
          REQUEST_INVALID,
          ENGINE_FAILED ->
          true;
      case CHECKPOINT_INVALID, MODEL_UNSUPPORTED, OPTION_INVALID, ENGINE_CLOSED -> false;
    };
  }
}
