package io.promptmill.spark.translation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds code: Markdown's fences and inline code, HTML elements that hold code, and comments. Reads
 * a text once; a closing tag that was searched in vain is not searched again.
 */
final class CodeScanner {
  private static final int FENCE = 3;
  private static final Pattern OPENING =
      Pattern.compile("<(?:(!--)|(script|style|pre|code|kbd|samp)\\b)", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final Set<String> unclosed = new HashSet<>();

  private CodeScanner(String text) {
    this.text = text;
  }

  static List<Span> find(String text) {
    return new CodeScanner(text).find();
  }

  private List<Span> find() {
    List<Span> spans = new ArrayList<>();
    Matcher opening = OPENING.matcher(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == '`' ? endOfBackticks(at) : c == '<' ? endOfElement(opening, at) : at;
      if (end > at) {
        spans.add(new Span(at, end, SpanKind.CODE));
        at = end;
      } else {
        at += c == '`' ? run(at) : 1;
      }
    }
    return spans;
  }

  /** Backticks from here on. */
  private int run(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) == '`') {
      end++;
    }
    return end - start;
  }

  private int endOfBackticks(int start) {
    int ticks = run(start);
    if (ticks >= FENCE && startsLine(start)) {
      return endOfFence(start + ticks, ticks);
    }
    int at = start + ticks;
    while (at < text.length() && text.charAt(at) != '\n') {
      int closing = run(at);
      if (closing == ticks) {
        return at + ticks;
      }
      at += Math.max(1, closing);
    }
    return start;
  }

  /** A fence that nothing closes goes to the end of the text, as in CommonMark. */
  private int endOfFence(int from, int ticks) {
    int at = text.indexOf("```", from);
    while (at >= 0) {
      int closing = run(at);
      if (closing >= ticks && startsLine(at)) {
        return at + closing;
      }
      at = text.indexOf("```", at + closing);
    }
    return text.length();
  }

  private boolean startsLine(int at) {
    int before = at - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
  }

  /** An element that nothing closes is just a tag. */
  private int endOfElement(Matcher opening, int start) {
    opening.region(start, text.length());
    if (!opening.lookingAt()) {
      return start;
    }
    if (opening.group(1) != null) {
      int end = unclosed.contains("-->") ? -1 : text.indexOf("-->", opening.end());
      if (end < 0) {
        unclosed.add("-->");
        return start;
      }
      return end + "-->".length();
    }
    String name = opening.group(2).toLowerCase(Locale.ROOT);
    if (unclosed.contains(name)) {
      return start;
    }
    Matcher closing =
        Pattern.compile("</" + name + "\\s{0,100}>", Pattern.CASE_INSENSITIVE).matcher(text);
    if (!closing.find(opening.end())) {
      unclosed.add(name);
      return start;
    }
    return closing.end();
  }
}
