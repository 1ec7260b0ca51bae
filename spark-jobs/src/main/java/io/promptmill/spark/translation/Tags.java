package io.promptmill.spark.translation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tags of HTML and XML, and Markdown's emphasis, mean to a translation. */
final class Tags {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9:._-]*)[\\s\\S]*?(/?)>");

  /** Elements of HTML that are never a part of a sentence. */
  private static final Set<String> BLOCKS =
      Set.of(
          ("address article aside blockquote body br button caption col colgroup dd details dialog"
                  + " div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header"
                  + " hr html legend li link main meta nav ol optgroup option p section select"
                  + " summary table tbody td tfoot th thead title tr ul")
              .split(" "));

  private static final Set<String> VOID =
      Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr");

  private static final Set<String> EMPHASIS = Set.of("**", "~~");

  private Tags() {}

  /** Whether a sentence ends where this stands: at block elements, declarations and long code. */
  static boolean isBlock(Span span, String text) {
    if (span.kind() == SpanKind.CODE) {
      return text.startsWith("<!--", span.start())
          || span.in(text).indexOf('\n') >= 0
          || span.in(text).indexOf('\r') >= 0;
    }
    if (span.kind() != SpanKind.MARKUP || text.charAt(span.start()) != '<') {
      return false;
    }
    Matcher tag = TAG.matcher(span.in(text));
    return !tag.matches() || BLOCKS.contains(name(tag));
  }

  /** Whether this marks the start and the end of emphasis alike. */
  static boolean isEmphasis(String markup) {
    return EMPHASIS.contains(markup);
  }

  /** Whether an element or a link's text begins after this. */
  static boolean opens(String markup) {
    Matcher tag = TAG.matcher(markup);
    return tag.matches() ? opens(tag) : markup.endsWith("[");
  }

  /** Whether an element or a link's text ends before this. */
  static boolean closes(String markup) {
    return markup.startsWith("</") || markup.startsWith("](");
  }

  /**
   * What encloses a part of a text, from index to index: elements in which everything that is
   * opened is closed, and emphasis up to the next sign of its kind.
   */
  static Map<Integer, Integer> pairs(List<String> spans) {
    Map<Integer, Integer> pairs = new HashMap<>();
    Map<String, Integer> emphasis = new HashMap<>();
    Deque<String> names = new ArrayDeque<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < spans.size(); i++) {
      Matcher tag = TAG.matcher(spans.get(i));
      if (isEmphasis(spans.get(i))) {
        Integer start = emphasis.remove(spans.get(i));
        if (start == null) {
          emphasis.put(spans.get(i), i);
        } else {
          pairs.put(start, i);
        }
      } else if (tag.matches() && opens(tag)) {
        names.push(name(tag));
        open.push(i);
      } else if (tag.matches() && !tag.group(1).isEmpty()) {
        if (name(tag).equals(names.poll())) {
          pairs.put(open.pop(), i);
        } else { // whatever is open holds what is badly nested
          names.clear();
          open.clear();
        }
      }
    }
    return pairs;
  }

  private static String name(Matcher tag) {
    return tag.group(2).toLowerCase(Locale.ROOT);
  }

  private static boolean opens(Matcher tag) {
    return tag.group(1).isEmpty() && tag.group(3).isEmpty() && !VOID.contains(name(tag));
  }

  /** Whether every element is closed after it was opened, and inside the one that holds it. */
  static boolean areNested(List<String> markup) {
    Deque<String> open = new ArrayDeque<>();
    for (String each : markup) {
      Matcher tag = TAG.matcher(each);
      if (!tag.matches()) {
        continue;
      }
      String name = name(tag);
      if (opens(tag)) {
        open.push(name);
      } else if (!tag.group(1).isEmpty() && !name.equals(open.poll())) {
        return false;
      }
    }
    return open.isEmpty();
  }
}
