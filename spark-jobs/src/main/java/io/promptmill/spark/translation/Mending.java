package io.promptmill.spark.translation;

import io.promptmill.spark.translation.Fidelity.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes of a model's words a translation that holds what is protected in the source, whatever they
 * are: the words themselves where they do, else what lies between the spans is translated by itself
 * and the spans are put back, else the source stays.
 */
record Mending(Fidelity fidelity) {
  private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\n\\r]+\\s*");

  private static final String SENTENCE_ENDS = ".!?。！？";

  Mending(ProtectedSpans protectedSpans) {
    this(new Fidelity(protectedSpans));
  }

  /**
   * A translation in which nothing is lost.
   *
   * @param complete whether no part of the source had to stay
   */
  record Mended(String text, boolean complete) {}

  /** The words without white space around them, on one line if the source is. */
  private static String tidy(String source, String words) {
    boolean oneLine = source.indexOf('\n') < 0 && source.indexOf('\r') < 0;
    String text = words.strip();
    return oneLine ? LINE_BREAKS.matcher(text).replaceAll(" ") : text;
  }

  private String candidate(String source, String words) {
    String text = tidy(source, words);
    return fidelity.holds(source, text) ? text : fidelity.withoutMarkup(source, text).strip();
  }

  /** Whether the words are a translation that holds everything. */
  boolean isFaithful(String source, String words) {
    return fidelity.holds(source, candidate(source, words));
  }

  /**
   * The source in pieces of which the asked ones are translated by themselves.
   *
   * @param words what was said to the whole; null where nothing was
   */
  List<Piece> gaps(String source, String words) {
    boolean numbers =
        words == null || fidelity.check(source, candidate(source, words)) != Finding.OTHER_MARKUP;
    List<Span> spans =
        fidelity.protectedSpans().find(source).stream()
            .filter(span -> numbers || span.kind() != SpanKind.NUMBER)
            .toList();
    SpannedText text = new SpannedText(source, spans);
    List<Piece.Range> asked = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= spans.size(); i++) {
      int to = i == spans.size() ? source.length() : spans.get(i).start();
      Piece.Range gap = words(source, from, to);
      if (text.hasLetters(gap)) {
        asked.add(gap);
      }
      from = i == spans.size() ? to : spans.get(i).end();
    }
    return Piece.of(source, asked);
  }

  /** A part of the source without punctuation around it, but for the end of a sentence. */
  private static Piece.Range words(String source, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isAround(source.charAt(start))) {
      start++;
    }
    while (end > start
        && isAround(source.charAt(end - 1))
        && SENTENCE_ENDS.indexOf(source.charAt(end - 1)) < 0) {
      end--;
    }
    return new Piece.Range(start, end);
  }

  private static boolean isAround(char c) {
    return SpannedText.isSpace(c)
        || switch (Character.getType(c)) {
          case Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  /** The words if they are faithful, else the source. */
  Mended whole(String source, String words) {
    String text = candidate(source, words);
    return fidelity.holds(source, text) ? new Mended(text, true) : new Mended(source, false);
  }

  /** Models end whatever they are asked as a sentence; a part of one goes on. */
  private static String withoutStop(String source, String words) {
    String text = words.strip();
    return endsSentence(source) || !endsSentence(text)
        ? text
        : text.substring(0, text.length() - 1);
  }

  private static boolean endsSentence(String text) {
    return !text.isEmpty() && SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /**
   * The pieces with the asked ones translated.
   *
   * @param answers words for each asked piece, in order
   */
  Mended together(String source, List<Piece> gaps, List<String> answers) {
    List<String> texts = new ArrayList<>();
    boolean complete = true;
    for (Piece piece : gaps) {
      if (piece.asked()) {
        String words = answers.get(texts.size());
        Mended mended = whole(piece.text(), withoutStop(piece.text(), words));
        complete &= mended.complete();
        texts.add(mended.text());
      }
    }
    SpannedText spanned = new SpannedText(source, fidelity.protectedSpans().find(source));
    String text = Reassembly.of(spanned, gaps, texts);
    return fidelity.holds(source, text) ? new Mended(text, complete) : new Mended(source, false);
  }
}
