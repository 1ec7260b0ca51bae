package io.promptmill.spark.eval.prompt;

import io.promptmill.text.python.PythonText;

/** Where lm-evaluation-harness puts something between two texts. */
final class Delimiters {

  private Delimiters() {}

  /** Both with the delimiter between, unless one is empty or has white space at the border. */
  static String join(String prefix, String suffix, String delimiter) {
    if (prefix.isEmpty() || suffix.isEmpty()) {
      return prefix + suffix;
    }
    return between(prefix, suffix) ? prefix + delimiter + suffix : prefix + suffix;
  }

  /** Whether neither text has white space at the border; not after an empty text. */
  static boolean between(String prefix, String suffix) {
    return !prefix.isEmpty()
        && !endsWithSpace(prefix)
        && !PythonText.isSpace(suffix.codePointAt(0));
  }

  static boolean endsWithSpace(String text) {
    return !text.isEmpty() && PythonText.isSpace(text.codePointBefore(text.length()));
  }
}
