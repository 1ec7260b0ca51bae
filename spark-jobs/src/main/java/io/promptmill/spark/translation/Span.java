package io.promptmill.spark.translation;

/**
 * A part of a text that stays as it is.
 *
 * @param start index of its first character
 * @param end index after its last one
 */
record Span(int start, int end, SpanKind kind) {

  String in(String text) {
    return text.substring(start, end);
  }
}
