package io.promptmill.spark.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts documents into segments. A segment lies within one line, one block element and one cell of a
 * table; white space, line breaks, list markers and block elements between segments are pieces that
 * nobody is asked about, and so are segments without a letter outside of what is protected. Time is
 * linear in the document.
 */
final class Segmenter {
  /** List items, headings, quotations, footnotes at the start of a block. */
  private static final Pattern MARKER =
      Pattern.compile(
          "(?:(?:[-*+•·–>]|#{1,6}|[0-9]{1,3}[.)]|[A-Za-z][.)]|\\[[ xX]\\])[ \\t\\u3000]{1,20}"
              + "|[（(][0-9]{1,3}[)）][ \\t\\u3000]{0,20}|[0-9一二三四五六七八九十]{1,3}、){1,8}");

  private final SegmentLimits limits;

  Segmenter(SegmentLimits limits) {
    this.limits = limits;
  }

  /**
   * The document in pieces, segments asked.
   *
   * @param sentences of the document's language
   */
  List<Piece> pieces(SpannedText document, Sentences sentences) {
    List<Piece.Range> segments = new ArrayList<>();
    for (Piece.Range block : blocks(document)) {
      for (Piece.Range cell : cells(document, block)) {
        addSegments(document, cell, sentences, segments);
      }
    }
    return Piece.of(document.text(), segments);
  }

  /** Lines, and within them what lies between block elements. */
  private static List<Piece.Range> blocks(SpannedText text) {
    String document = text.text();
    List<Piece.Range> blocks = new ArrayList<>();
    int start = 0;
    int at = 0;
    for (Span span : text.spans()) {
      start = lines(document, start, at, span.start(), blocks);
      at = span.end();
      if (Tags.isBlock(span, document)) {
        blocks.add(new Piece.Range(start, span.start()));
        start = at;
      }
    }
    start = lines(document, start, at, document.length(), blocks);
    blocks.add(new Piece.Range(start, document.length()));
    return blocks;
  }

  /** Adds the lines that end between two indices; gives the start of the line that goes on. */
  private static int lines(
      String document, int lineStart, int from, int to, List<Piece.Range> blocks) {
    int start = lineStart;
    for (int i = from; i < to; i++) {
      if (isLineBreak(document.charAt(i))) {
        blocks.add(new Piece.Range(start, i));
        start = i + 1;
      }
    }
    return start;
  }

  private static boolean isLineBreak(char c) {
    return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  /** The cells of a row of a Markdown table, else the block itself. */
  private static List<Piece.Range> cells(SpannedText text, Piece.Range block) {
    Piece.Range trimmed = text.trim(block);
    if (trimmed.start() == trimmed.end() || text.text().charAt(trimmed.start()) != '|') {
      return List.of(block);
    }
    List<Piece.Range> cells = new ArrayList<>();
    int start = trimmed.start() + 1;
    for (int i = start; i <= trimmed.end(); i++) {
      boolean border =
          i == trimmed.end()
              || (text.text().charAt(i) == '|'
                  && text.text().charAt(i - 1) != '\\'
                  && text.isOutside(i));
      if (border && i >= start) {
        cells.add(new Piece.Range(start, i));
        start = i + 1;
      }
    }
    return cells;
  }

  private void addSegments(
      SpannedText text, Piece.Range block, Sentences sentences, List<Piece.Range> segments) {
    Piece.Range content = text.peel(withoutMarker(text, text.trim(block)));
    if (!text.hasLetters(content)) {
      return;
    }
    List<Piece.Range> parts = new ArrayList<>();
    for (Piece.Range sentence : sentences.of(text, content)) {
      sentences.addParts(text, sentence, limits.characters(), parts);
    }
    int first = 0;
    for (int i = 1; i <= parts.size(); i++) {
      boolean full =
          i == parts.size()
              || i - first == limits.sentences()
              || parts.get(i).end() - parts.get(first).start() > limits.characters();
      if (full) {
        Piece.Range segment =
            text.peel(new Piece.Range(parts.get(first).start(), parts.get(i - 1).end()));
        if (text.hasLetters(segment)) {
          segments.add(segment);
        }
        first = i;
      }
    }
  }

  private static Piece.Range withoutMarker(SpannedText text, Piece.Range block) {
    Matcher marker = MARKER.matcher(text.text()).region(block.start(), block.end());
    if (!marker.lookingAt() || !text.isBorder(marker.end())) {
      return block;
    }
    return text.trim(new Piece.Range(marker.end(), block.end()));
  }
}
