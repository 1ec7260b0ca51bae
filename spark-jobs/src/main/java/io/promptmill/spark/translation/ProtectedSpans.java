package io.promptmill.spark.translation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the parts of a text that its translation must hold as they are. */
public final class ProtectedSpans implements Serializable {
  private static final long serialVersionUID = 1;

  private final EnumSet<SpanKind> kinds;
  private final List<SpanKind> byPattern;
  private final Pattern pattern;

  public ProtectedSpans(Set<SpanKind> kinds) {
    this.kinds = EnumSet.noneOf(SpanKind.class);
    this.kinds.addAll(kinds);
    this.byPattern = this.kinds.stream().filter(kind -> !kind.pattern().isEmpty()).toList();
    this.pattern =
        Pattern.compile(
            byPattern.stream()
                .map(kind -> "(?<" + kind.name() + ">" + kind.pattern() + ")")
                .collect(Collectors.joining("|")));
  }

  /** In the order of the text, none of them empty and none overlapping another. */
  List<Span> find(String text) {
    List<Span> code = kinds.contains(SpanKind.CODE) ? CodeScanner.find(text) : List.of();
    if (byPattern.isEmpty()) {
      return code;
    }
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    int from = 0;
    for (Span span : code) {
      find(matcher, from, span.start(), found);
      found.add(span);
      from = span.end();
    }
    find(matcher, from, text.length(), found);
    return found;
  }

  private void find(Matcher matcher, int from, int to, List<Span> found) {
    matcher.region(from, to);
    while (matcher.find()) {
      found.add(new Span(matcher.start(), matcher.end(), kind(matcher)));
    }
  }

  private SpanKind kind(Matcher matcher) {
    for (SpanKind kind : byPattern) {
      if (matcher.start(kind.name()) >= 0) {
        return kind;
      }
    }
    throw new IllegalStateException("a match of no kind: " + matcher.group());
  }
}
