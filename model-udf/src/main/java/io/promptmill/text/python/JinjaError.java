package io.promptmill.text.python;

import java.io.Serial;

/** What is wrong with an expression of a template, or with the values that it met. */
final class JinjaError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  JinjaError(String message) {
    super(message);
  }
}
