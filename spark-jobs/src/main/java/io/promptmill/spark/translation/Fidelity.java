package io.promptmill.spark.translation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a translation holds what is protected in its source: everything but numbers exactly as
 * often, tags nested where they were, numbers at least as often ("five" may become "5").
 */
record Fidelity(ProtectedSpans protectedSpans) {

  /** What a translation lacks or adds. */
  enum Finding {
    FAITHFUL,
    /** All but numbers is there. */
    LOST_NUMBERS,
    OTHER_MARKUP,
    /** Nothing but white space. */
    BLANK
  }

  Finding check(String source, String translation) {
    if (translation.isBlank()) {
      return Finding.BLANK;
    }
    List<Span> sourceSpans = protectedSpans.find(source);
    List<Span> spans = protectedSpans.find(translation);
    boolean wasNested = Tags.areNested(markup(source, sourceSpans));
    if (!counts(source, sourceSpans, false).equals(counts(translation, spans, false))
        || (wasNested && !Tags.areNested(markup(translation, spans)))) {
      return Finding.OTHER_MARKUP;
    }
    Map<String, Integer> numbers = counts(translation, spans, true);
    boolean allNumbers =
        counts(source, sourceSpans, true).entrySet().stream()
            .allMatch(number -> numbers.getOrDefault(number.getKey(), 0) >= number.getValue());
    return allNumbers ? Finding.FAITHFUL : Finding.LOST_NUMBERS;
  }

  boolean holds(String source, String translation) {
    return check(source, translation) == Finding.FAITHFUL;
  }

  private static Map<String, Integer> counts(String text, List<Span> spans, boolean numbers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Span span : spans) {
      if ((span.kind() == SpanKind.NUMBER) == numbers) {
        counts.merge(span.in(text), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static List<String> markup(String text, List<Span> spans) {
    return spans.stream()
        .filter(span -> span.kind() == SpanKind.MARKUP)
        .map(span -> span.in(text))
        .toList();
  }

  /** The translation without markup, for a source that has none. */
  String withoutMarkup(String source, String translation) {
    if (!markup(source, protectedSpans.find(source)).isEmpty()) {
      return translation;
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (Span span : protectedSpans.find(translation)) {
      if (span.kind() == SpanKind.MARKUP) {
        text.append(translation, from, span.start());
        from = span.end();
      }
    }
    return text.append(translation, from, translation.length()).toString();
  }
}
