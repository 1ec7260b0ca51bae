package io.promptmill.spark.translation;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where sentences end, and where long ones can be cut: Unicode's text segmentation (UAX 29, UAX 14)
 * with CLDR's abbreviations, by ICU. Not for several threads.
 */
final class Sentences {
  private static final char WORD_JOINER = '\u2060';

  /** A letter that is neither capital nor small, and ends no abbreviation. */
  private static final char WORD = '\u5b57';

  private static final String CLAUSE_ENDS = ",;:，；：、、،؛—";

  private final BreakIterator sentences;
  private final BreakIterator lines;

  /**
   * @param language ISO 639 code of the text; abbreviations are known of some languages only
   */
  Sentences(String language) {
    this.sentences =
        BreakIterator.getSentenceInstance(
            ULocale.forLanguageTag(language).setKeywordValue("ss", "standard"));
    this.lines = BreakIterator.getLineInstance(ULocale.forLanguageTag(language));
  }

  /** Sentences of a range, without white space around them. */
  List<Piece.Range> of(SpannedText text, Piece.Range range) {
    sentences.setText(masked(text, range));
    List<Piece.Range> found = new ArrayList<>();
    int start = range.start();
    sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      int at = range.start() + end;
      if (at == range.end() || text.isBorder(at)) {
        Piece.Range sentence = text.trim(new Piece.Range(start, at));
        if (sentence.start() < sentence.end()) {
          found.add(sentence);
        }
        start = at;
      }
    }
    return found;
  }

  /** Spans as words, brackets or nothing, so that dots and letters in them do not count. */
  private static String masked(SpannedText text, Piece.Range range) {
    char[] masked = text.text().substring(range.start(), range.end()).toCharArray();
    for (Span span : text.spansIn(range)) {
      char mask =
          switch (span.kind()) {
            case MARKUP -> bracket(span.in(text.text()));
            case ENTITY -> span.in(text.text()).equals("&nbsp;") ? ' ' : WORD_JOINER;
            case NUMBER -> '0';
            case CODE, URL, EMAIL, PLACEHOLDER -> WORD;
          };
      Arrays.fill(masked, span.start() - range.start(), span.end() - range.start(), mask);
    }
    return new String(masked);
  }

  /** An opening tag belongs to what follows it, a closing one to what stands before. */
  private static char bracket(String markup) {
    if (markup.startsWith("</") || markup.startsWith("]")) {
      return ')';
    }
    return markup.startsWith("<") || markup.endsWith("[") ? '(' : '"';
  }

  /**
   * Adds a sentence, in parts if it is longer than a limit: cut after a clause, else between words.
   *
   * @param limit characters of a part, more only where a word or a span is longer
   */
  void addParts(SpannedText text, Piece.Range sentence, int limit, List<Piece.Range> parts) {
    int start = sentence.start();
    if (sentence.end() - start > limit) {
      int word = start;
      int clause = start;
      lines.setText(masked(text, sentence));
      for (int at = lines.next(); at != BreakIterator.DONE; at = lines.next()) {
        int place = sentence.start() + at;
        if (place < sentence.end() && !text.isBorder(place)) {
          continue;
        }
        int end = text.trim(new Piece.Range(word, place)).end();
        while (end - start > limit && word > start) {
          int cut = clause - start > limit / 2 ? clause : word;
          addPart(text, start, cut, parts);
          start = cut;
        }
        word = place;
        clause = endsClause(text.text(), end) ? place : clause;
      }
    }
    addPart(text, start, sentence.end(), parts);
  }

  private static void addPart(SpannedText text, int start, int end, List<Piece.Range> parts) {
    Piece.Range part = text.trim(new Piece.Range(start, end));
    if (part.start() < part.end()) {
      parts.add(part);
    }
  }

  /**
   * @param end after a word and before white space
   */
  private static boolean endsClause(String text, int end) {
    return CLAUSE_ENDS.indexOf(text.charAt(end - 1)) >= 0;
  }
}
