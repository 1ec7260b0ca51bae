package io.promptmill.text;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/** The check that a text is well-formed UTF-16, so that it has a UTF-8 form. */
final class UnicodeText {

  private UnicodeText() {}

  /** Index of the first unpaired surrogate, or -1 if there is none. */
  static int unpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /**
   * @param name what the text is, for the message
   * @throws PromptmillException with {@code PROMPT_INVALID} if the text has an unpaired surrogate
   */
  static void requireWellFormed(String text, String name) {
    int index = unpairedSurrogate(text);
    if (index >= 0) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID,
          "%s must be valid Unicode, found the unpaired surrogate U+%04X at index %d of %d"
              .formatted(name, (int) text.charAt(index), index, text.length()));
    }
  }
}
