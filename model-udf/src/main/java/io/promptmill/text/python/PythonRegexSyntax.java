package io.promptmill.text.python;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a pattern of Python 3.11's {@code re} in Java's syntax: white space, word and digit
 * classes are Python's Unicode ones, {@code $}, {@code ^}, {@code \b} and {@code \Z} are spelt out,
 * named groups become numbered ones, and what is literal in Python alone is escaped.
 */
final class PythonRegexSyntax {
  private static final String WORD = "\\p{L}\\p{N}_";
  private static final String DIGIT = "\\p{Nd}";
  private static final String SPACE =
      "\\t-\\r\\x{1c}-\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}"
          + "\\x{202f}\\x{205f}\\x{3000}";
  private static final String ANY = "[\\s\\S]";

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> names = new HashMap<>();
  private int at = 0;
  private int groups = 0;
  private boolean multiline = false;
  private boolean ascii = false;

  PythonRegexSyntax(String source) {
    this.source = source;
  }

  /**
   * @throws PatternSyntaxException if Python would refuse the pattern for an escape or group, or
   *     Java has no such construct
   */
  String translate() {
    while (at < source.length()) {
      int c = next();
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> group();
        case '{' -> braces();
        case '^' -> out.append(multiline ? "(?<![^\\n])" : "\\A");
        case '$' -> out.append(multiline ? "(?![^\\n])" : "(?=\\n?\\z)");
        case '.', '*', '+', '?', '|', ')' -> out.append((char) c);
        default -> literal(c);
      }
    }
    return out.toString();
  }

  /** Numbers of named groups, once translated. */
  Map<String, Integer> names() {
    return Map.copyOf(names);
  }

  private void escape() {
    int start = at - 1;
    int c = next();
    switch (c) {
      case 'A' -> out.append("\\A");
      case 'Z' -> out.append("\\z");
      case 'b' -> boundary("(?:(?<=[%1$s])(?![%1$s])|(?<![%1$s])(?=[%1$s]))");
      case 'B' -> boundary("(?:(?<=[%1$s])(?=[%1$s])|(?<![%1$s])(?![%1$s]))");
      case 'd', 'w', 's' -> out.append('[').append(positive(c)).append(']');
      case 'D', 'W', 'S' -> out.append("[^").append(positive(Character.toLowerCase(c))).append(']');
      default -> {
        if (c >= '1' && c <= '9' && !octalAt(start + 1, 3)) {
          int group = c - '0';
          if (at < source.length() && isDigit(source.charAt(at))) {
            group = 10 * group + next() - '0';
          }
          backReference(group, start);
        } else {
          literal(character(c, start));
        }
      }
    }
  }

  private void boundary(String form) {
    out.append(form.formatted(positive('w')));
  }

  private String positive(int kind) {
    return switch (kind) {
      case 'd' -> ascii ? "0-9" : DIGIT;
      case 'w' -> ascii ? "a-zA-Z0-9_" : WORD;
      default -> ascii ? "\\t-\\r\\x{20}" : SPACE;
    };
  }

  /** The one character that an escape stands for; the escape's letter is read. */
  private int character(int c, int start) {
    return switch (c) {
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hex(2, start);
      case 'u' -> hex(4, start);
      case 'U' -> hex(8, start);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c, start);
      default -> {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c)) {
          throw error("bad escape \\" + Character.toString(c), start);
        }
        yield c;
      }
    };
  }

  private int hex(int digits, int start) {
    int end = at + digits;
    if (end > source.length() || !source.substring(at, end).matches("[0-9a-fA-F]+")) {
      throw error("incomplete escape", start);
    }
    int value = Integer.parseUnsignedInt(source.substring(at, end), 16);
    at = end;
    return value;
  }

  private int octal(int first, int start) {
    int digits = first == '0' || octalAt(start + 1, 3) ? 3 : 2;
    int value = first - '0';
    while (at < source.length() && at < start + 1 + digits && isOctal(source.charAt(at))) {
      value = 8 * value + next() - '0';
    }
    return value;
  }

  private boolean octalAt(int from, int count) {
    return from + count <= source.length()
        && source.substring(from, from + count).chars().allMatch(PythonRegexSyntax::isOctal);
  }

  private void backReference(int group, int start) {
    if (group > groups) {
      throw error("invalid group reference " + group, start);
    }
    // Java would take a following digit for a part of the number.
    out.append("(?:\\").append(group).append(')');
  }

  private void characterClass() {
    int start = at - 1;
    boolean negated = accept("^");
    StringBuilder items = new StringBuilder();
    boolean first = true;
    while (first || !accept("]")) {
      first = false;
      if (at == source.length()) {
        throw error("unterminated character set", start);
      }
      classItem(items);
    }
    // Python's complement within a class is a nested class, which Java does not negate as a whole.
    boolean nested = items.indexOf("[^") >= 0;
    if (negated && nested) {
      out.append("(?:(?![").append(items).append("])").append(ANY).append(')');
    } else {
      out.append(negated ? "[^" : "[").append(items).append(']');
    }
  }

  private void classItem(StringBuilder items) {
    int start = at;
    int low = next();
    if (low == '\\') {
      low = next();
      switch (low) {
        case 'd', 'w', 's' -> {
          items.append(positive(low));
          return;
        }
        case 'D', 'W', 'S' -> {
          items.append("[^").append(positive(Character.toLowerCase(low))).append(']');
          return;
        }
        case 'b' -> low = '\b';
        default -> low = character(low, start);
      }
    }
    items.append(code(low));
    boolean range =
        at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
    if (!range) {
      return;
    }
    int dash = at++;
    int high = next();
    if (high == '\\') {
      high = next();
      if ("dwsDWS".indexOf(high) >= 0) {
        throw error("bad character range", start);
      }
      high = high == 'b' ? '\b' : character(high, dash + 1);
    }
    if (high < low) {
      throw error("bad character range", start);
    }
    items.append('-').append(code(high));
  }

  private void group() {
    int start = at - 1;
    if (!accept("?")) {
      groups++;
      out.append('(');
    } else if (accept("P<")) {
      groups++;
      if (names.put(upTo('>', start), groups) != null) {
        throw error("redefinition of group name", start);
      }
      out.append('(');
    } else if (accept("P=")) {
      String name = upTo(')', start);
      if (!names.containsKey(name)) {
        throw error("unknown group name '" + name + "'", start);
      }
      backReference(names.get(name), start);
    } else if (accept("#")) {
      upTo(')', start);
    } else {
      for (String opening : new String[] {":", "=", "!", "<=", "<!", ">"}) {
        if (accept(opening)) {
          out.append("(?").append(opening);
          return;
        }
      }
      flags(start);
    }
  }

  /** {@code (?ims)} for the whole pattern, or {@code (?i-s:...)} for a part of it. */
  private void flags(int start) {
    StringBuilder flags = new StringBuilder();
    while (at < source.length() && "aimsu-".indexOf(source.charAt(at)) >= 0) {
      flags.append((char) next());
    }
    boolean whole = accept(")");
    if (flags.isEmpty() || (!whole && !accept(":"))) {
      throw error("extension not supported here", start);
    }
    boolean lines = flags.indexOf("m") >= 0;
    if (whole && start != 0) {
      throw error("global flags not at the start of the expression", start);
    }
    if (!whole && (lines || flags.indexOf("a") >= 0 || flags.indexOf("u") >= 0)) {
      throw error("of the flags only i and s can be set for a part of the pattern", start);
    }
    multiline |= lines;
    ascii |= flags.indexOf("a") >= 0;
    String kept = flags.toString().replaceAll("[amu]", "");
    if (!whole) {
      out.append("(?").append(kept).append(':');
    } else if (!kept.isEmpty()) {
      out.append("(?").append(kept).append(')');
    }
  }

  /** A quantifier, or a literal brace where Python sees none. */
  private void braces() {
    int close = source.indexOf('}', at);
    String inner = close < 0 ? "" : source.substring(at, close);
    if (!inner.matches("[0-9]*,[0-9]*|[0-9]+")) {
      literal('{');
      return;
    }
    at = close + 1;
    out.append('{').append(inner.startsWith(",") ? "0" : "").append(inner).append('}');
  }

  private String upTo(char end, int start) {
    int close = source.indexOf(end, at);
    if (close < 0) {
      throw error("missing " + end, start);
    }
    String text = source.substring(at, close);
    at = close + 1;
    return text;
  }

  private boolean accept(String text) {
    boolean found = source.startsWith(text, at);
    at += found ? text.length() : 0;
    return found;
  }

  private int next() {
    if (at == source.length()) {
      throw error("bad escape (end of pattern)", at - 1);
    }
    int c = source.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void literal(int c) {
    boolean plain = Character.isLetterOrDigit(c) || c == ' ';
    out.append(plain ? Character.toString(c) : code(c));
  }

  private static String code(int c) {
    return "\\x{" + Integer.toHexString(c) + "}";
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isOctal(int c) {
    return c >= '0' && c <= '7';
  }

  private PatternSyntaxException error(String description, int index) {
    return new PatternSyntaxException(description, source, index);
  }
}
