package io.promptmill.spark.translation;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text: the text is all of its pieces in order.
 *
 * @param asked whether the model translates it; else it stays as it is
 */
record Piece(String text, boolean asked) {

  /** An asked part of a text, by its borders. */
  record Range(int start, int end) {}

  /** The text with what lies between the ranges. */
  static List<Piece> of(String text, List<Range> asked) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (Range range : asked) {
      if (range.start() > from) {
        pieces.add(new Piece(text.substring(from, range.start()), false));
      }
      pieces.add(new Piece(text.substring(range.start(), range.end()), true));
      from = range.end();
    }
    if (from < text.length()) {
      pieces.add(new Piece(text.substring(from), false));
    }
    return pieces;
  }
}
