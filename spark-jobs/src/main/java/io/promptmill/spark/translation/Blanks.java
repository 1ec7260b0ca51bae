package io.promptmill.spark.translation;

import java.util.HashSet;
import java.util.Set;

/** Where words, and what is protected, have blanks beside them in writing that has blanks. */
final class Blanks {
  private static final String CLOSING = ",.;:!?)]}…";
  private static final String OPENING = "([{¿¡";

  private final SpannedText source;

  /** The first of two equal signs of emphasis opens it, the second closes it. */
  private final Set<Span> opening = new HashSet<>();

  Blanks(SpannedText source) {
    this.source = source;
    Set<String> open = new HashSet<>();
    int at = 0;
    for (Span span : source.spans()) {
      if (!open.isEmpty() && hasLineBreak(at, span.start())) {
        open.clear();
      }
      at = span.end();
      String markup = isMarkup(span) ? span.in(source.text()) : "";
      if (Tags.isEmphasis(markup) ? toggle(open, markup) : Tags.opens(markup)) {
        opening.add(span);
      }
    }
  }

  private static boolean toggle(Set<String> open, String sign) {
    return open.add(sign) || !open.remove(sign);
  }

  private boolean hasLineBreak(int from, int to) {
    for (int i = from; i < to; i++) {
      if (source.text().charAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarkup(Span span) {
    return span.kind() == SpanKind.MARKUP;
  }

  /** Whether a blank may stand after a translation. */
  static boolean mayFollow(String text) {
    return !text.isEmpty()
        && Scripts.hasBlanks(text.codePointBefore(text.length()))
        && OPENING.indexOf(text.charAt(text.length() - 1)) < 0;
  }

  /** Whether a blank may stand before a translation. */
  static boolean mayPrecede(String text) {
    return !text.isEmpty()
        && Scripts.hasBlanks(text.codePointAt(0))
        && CLOSING.indexOf(text.charAt(0)) < 0;
  }

  /** Where what is neither a closing tag nor the end of emphasis begins. */
  int afterClosing(int from, int to) {
    int at = from;
    while (at < to) {
      Span span = startingAt(at);
      if (span == null || !isInline(span) || opening.contains(span) || !closes(span)) {
        return at;
      }
      at = span.end();
    }
    return at;
  }

  private boolean closes(Span span) {
    String markup = span.in(source.text());
    return Tags.isEmphasis(markup) || Tags.closes(markup);
  }

  /** Where the opening tags and emphasis at the end of a range begin. */
  int beforeOpening(int from, int to) {
    int at = to;
    while (at > from) {
      Span span = endingAt(at);
      if (span == null || !isInline(span) || !opening.contains(span)) {
        return at;
      }
      at = span.start();
    }
    return at;
  }

  private boolean isInline(Span span) {
    return isMarkup(span) && !Tags.isBlock(span, source.text());
  }

  /** Whether what starts at a place has a blank before it. */
  boolean startsWord(int at) {
    Span span = startingAt(at);
    int c = source.text().codePointAt(at);
    return span != null
        ? isWord(span)
        : isWord(c) || OPENING.indexOf(c) >= 0 || isType(c, Character.INITIAL_QUOTE_PUNCTUATION);
  }

  /** Whether what ends at a place has a blank after it. */
  boolean endsWord(int at) {
    Span span = endingAt(at);
    int c = source.text().codePointBefore(at);
    return span != null
        ? isWord(span)
        : isWord(c) || CLOSING.indexOf(c) >= 0 || isType(c, Character.FINAL_QUOTE_PUNCTUATION);
  }

  private boolean isWord(Span span) {
    return switch (span.kind()) {
      case URL, EMAIL, NUMBER -> true;
      case PLACEHOLDER -> source.text().charAt(span.start()) != '\\'; // line breaks mostly
      case CODE, MARKUP -> !Tags.isBlock(span, source.text());
      case ENTITY -> false;
    };
  }

  private static boolean isWord(int c) {
    return Scripts.hasBlanks(c)
        && (Character.isLetterOrDigit(c) || isType(c, Character.CURRENCY_SYMBOL));
  }

  private static boolean isType(int c, byte type) {
    return Character.getType(c) == type;
  }

  /** Null where none does. */
  private Span startingAt(int at) {
    int first = source.firstSpan(at);
    Span span = first == source.spans().size() ? null : source.spans().get(first);
    return span != null && span.start() == at ? span : null;
  }

  private Span endingAt(int at) {
    int first = source.firstSpan(at - 1);
    Span span = first == source.spans().size() ? null : source.spans().get(first);
    return span != null && span.end() == at ? span : null;
  }
}
