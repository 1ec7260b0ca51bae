package io.promptmill.spark.translation;

import java.util.List;

/**
 * Puts translations in the places of their pieces. What stands between two pieces stays; where a
 * text of Chinese or the like does without a blank and its translation does not, one is put, and
 * the other way round one between sentences is left out.
 */
final class Reassembly {
  private final String source;
  private final Blanks blanks;
  private final StringBuilder out = new StringBuilder();

  private Reassembly(SpannedText source) {
    this.source = source.text();
    this.blanks = new Blanks(source);
  }

  /**
   * @param pieces of the source
   * @param texts translations of the asked pieces, in order
   */
  static String of(SpannedText source, List<Piece> pieces, List<String> texts) {
    return new Reassembly(source).of(pieces, texts);
  }

  private String of(List<Piece> pieces, List<String> texts) {
    int from = 0; // what is between starts here
    int at = 0;
    String before = "";
    int next = 0;
    for (Piece piece : pieces) {
      int end = at + piece.text().length();
      if (piece.asked()) {
        String text = texts.get(next++);
        between(from, at, before, text);
        out.append(text);
        before = text;
        from = end;
      }
      at = end;
    }
    between(from, at, before, "");
    return out.toString();
  }

  /**
   * Appends what stands between two translations. A blank stands after tags that close and before
   * ones that open.
   *
   * @param before empty at the start of the text
   * @param after empty at its end
   */
  private void between(int from, int to, String before, String after) {
    if (isBlankBetweenSentences(from, to) && joinsSentences(before, after)) {
      return;
    }
    boolean wantedBefore = Blanks.mayFollow(before);
    boolean wantedAfter = Blanks.mayPrecede(after);
    boolean dropsBefore = from > 0 && Scripts.joinsWords(source.codePointBefore(from));
    boolean dropsAfter = to < source.length() && Scripts.joinsWords(source.codePointAt(to));
    int start = blanks.afterClosing(from, to);
    int end = blanks.beforeOpening(start, to);
    out.append(source, from, start);
    if (start == end) {
      blankIf(wantedBefore && wantedAfter && (dropsBefore || dropsAfter));
    } else {
      blankIf(wantedBefore && dropsBefore && blanks.startsWord(start));
      out.append(source, start, end);
      blankIf(wantedAfter && dropsAfter && blanks.endsWord(end));
    }
    out.append(source, end, to);
  }

  /** Whether nothing but blanks parts two pieces whose writing has them. */
  private boolean isBlankBetweenSentences(int from, int to) {
    return from > 0
        && from < to
        && to < source.length()
        && source.substring(from, to).chars().allMatch(c -> c == ' ')
        && !Scripts.joinsSentences(source.codePointBefore(from))
        && !Scripts.joinsSentences(source.codePointAt(to));
  }

  private static boolean joinsSentences(String before, String after) {
    return !before.isEmpty()
        && !after.isEmpty()
        && Scripts.joinsSentences(before.codePointBefore(before.length()))
        && Scripts.joinsSentences(after.codePointAt(0));
  }

  private void blankIf(boolean needed) {
    if (needed) {
      out.append(' ');
    }
  }
}
