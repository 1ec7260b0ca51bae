package io.promptmill.error;

import java.io.Serial;

/**
 * A failure with a category; its message names the file, row or option, what was expected and what
 * was found.
 */
public final class PromptmillException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public PromptmillException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public PromptmillException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
