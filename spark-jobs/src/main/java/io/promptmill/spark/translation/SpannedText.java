package io.promptmill.spark.translation;

import java.util.List;
import java.util.Map;

/**
 * A text and what is protected in it.
 *
 * @param spans in order, none overlapping another
 */
record SpannedText(String text, List<Span> spans) {
  /** Index of the first span that ends after a place. */
  int firstSpan(int at) {
    int low = 0;
    int high = spans.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).end() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the character at an index belongs to no span. */
  boolean isOutside(int at) {
    int span = firstSpan(at);
    return span == spans.size() || spans.get(span).start() > at;
  }

  /** Whether the text can be cut before an index without cutting a span. */
  boolean isBorder(int at) {
    int span = firstSpan(at);
    return span == spans.size() || spans.get(span).start() >= at;
  }

  /** Spans inside a range. */
  List<Span> spansIn(Piece.Range range) {
    int first = firstSpan(range.start());
    int last = first;
    while (last < spans.size() && spans.get(last).end() <= range.end()) {
      last++;
    }
    return spans.subList(first, last);
  }

  /** The range without white space around it. */
  Piece.Range trim(Piece.Range range) {
    int start = range.start();
    int end = range.end();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return new Piece.Range(start, end);
  }

  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** The range without elements that enclose all of it. */
  Piece.Range peel(Piece.Range range) {
    List<Span> within = spansIn(range);
    Map<Integer, Integer> pairs = Tags.pairs(within.stream().map(span -> span.in(text)).toList());
    Piece.Range inner = range;
    int first = 0;
    int last = within.size() - 1;
    while (first < last
        && pairs.getOrDefault(first, first) == last
        && within.get(first).start() == inner.start()
        && within.get(last).end() == inner.end()) {
      inner = trim(between(within.get(first), within.get(last)));
      first++;
      last--;
    }
    return inner;
  }

  private static Piece.Range between(Span before, Span after) {
    int start = before.end();
    int end = after.start();
    return new Piece.Range(start, end);
  }

  /** Whether there is a letter outside of the spans. */
  boolean hasLetters(Piece.Range range) {
    int span = firstSpan(range.start());
    int at = range.start();
    while (at < range.end()) {
      if (span < spans.size() && spans.get(span).start() <= at) {
        at = spans.get(span).end();
        span++;
      } else {
        int c = text.codePointAt(at);
        if (Character.isLetter(c)) {
          return true;
        }
        at += Character.charCount(c);
      }
    }
    return false;
  }
}
