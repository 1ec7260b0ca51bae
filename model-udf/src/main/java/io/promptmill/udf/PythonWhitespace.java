package io.promptmill.udf;

/** White space as Python's {@code str.strip()} sees it, which differs from Java's. */
final class PythonWhitespace {

  private PythonWhitespace() {}

  /** Length of the text without its trailing white space, in chars. */
  static int lengthWithoutTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** All of Python's white space lies in the basic plane, so one char is enough. */
  private static boolean is(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= ' ')
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}
