package io.promptmill.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the part of Oniguruma's Ruby syntax that pre-tokenizers use: literals, classes with
 * ranges, {@code \s \S \d \D \p{…} \P{…}}, alternatives, groups, {@code (?i:…)} over literals,
 * look-ahead, {@code $}, greedy and possessive quantifiers on one code point or class, {@code ?} on
 * a group. Anything else is an error that names it, so that no pattern is read in another sense.
 */
final class SplitPatternParser {

  private static final int MAX_DEPTH = 50;

  private final String regex;
  private int at;
  private int depth;
  private boolean ignoreCase;

  SplitPatternParser(String regex) {
    this.regex = regex;
  }

  /**
   * @throws IllegalArgumentException if the expression is malformed or uses unsupported syntax
   */
  List<List<SplitNode>> parse() {
    List<List<SplitNode>> alternatives = alternatives();
    if (at < regex.length()) {
      throw refuse("unmatched ')'");
    }
    return alternatives;
  }

  private List<List<SplitNode>> alternatives() {
    List<List<SplitNode>> result = new ArrayList<>();
    do {
      List<SplitNode> sequence = new ArrayList<>();
      while (at < regex.length() && peek() != '|' && peek() != ')') {
        sequence.add(item());
      }
      result.add(sequence);
    } while (take("|"));
    return result;
  }

  private SplitNode item() {
    if (take("$")) {
      return new SplitNode.EndOfLine();
    }
    if (peek() == '(') {
      return group();
    }
    return quantified(oneOf());
  }

  private SplitNode group() {
    if (++depth > MAX_DEPTH) {
      throw refuse("groups nested deeper than " + MAX_DEPTH);
    }
    boolean outerIgnoreCase = ignoreCase;
    boolean ahead = take("(?=");
    boolean notAhead = !ahead && take("(?!");
    if (!ahead && !notAhead) {
      if (take("(?i:")) {
        ignoreCase = true;
      } else if (!take("(?:") && !(regex.startsWith("(?", at) ? false : take("("))) {
        throw refuse("unsupported group");
      }
    }
    List<List<SplitNode>> alternatives = alternatives();
    if (!take(")")) {
      throw refuse("missing ')'");
    }
    ignoreCase = outerIgnoreCase;
    depth--;
    if (ahead || notAhead) {
      return new SplitNode.LookAhead(alternatives, notAhead);
    }
    boolean optional = take("?");
    if (at < regex.length() && "*+?{".indexOf(peek()) >= 0) {
      throw refuse("unsupported quantifier on a group");
    }
    return new SplitNode.Group(alternatives, optional);
  }

  private SplitNode quantified(CodePointSet set) {
    int min = 1;
    int max = 1;
    if (take("?")) {
      min = 0;
    } else if (take("*")) {
      min = 0;
      max = SplitNode.Run.UNBOUNDED;
    } else if (take("+")) {
      max = SplitNode.Run.UNBOUNDED;
    } else if (take("{")) {
      min = number();
      max = !take(",") ? min : peek() == '}' ? SplitNode.Run.UNBOUNDED : number();
      if (!take("}") || max < min || max == 0) {
        throw refuse("malformed quantifier");
      }
      if (at < regex.length() && peek() == '+') {
        throw refuse("unsupported quantifier");
      }
    } else {
      return new SplitNode.Run(set, 1, 1, false);
    }
    boolean possessive = take("+");
    if (at < regex.length() && "*+?{".indexOf(peek()) >= 0) {
      throw refuse("unsupported quantifier");
    }
    return new SplitNode.Run(set, min, max, possessive);
  }

  private int number() {
    int start = at;
    while (at < regex.length() && peek() >= '0' && peek() <= '9' && at - start < 4) {
      at++;
    }
    if (at == start) {
      throw refuse("malformed quantifier");
    }
    return Integer.parseInt(regex.substring(start, at));
  }

  private CodePointSet oneOf() {
    char next = peek();
    if (next == '[') {
      if (ignoreCase) {
        throw refuse("unsupported class under (?i:");
      }
      return bracketClass();
    }
    if (next == '\\') {
      CodePointSet shorthand = classEscape();
      return shorthand != null ? shorthand : literal(escapedCodePoint());
    }
    if (".^*+?{".indexOf(next) >= 0) {
      throw refuse("unsupported '" + next + "'");
    }
    return literal(codePoint());
  }

  private CodePointSet literal(int codePoint) {
    if (!ignoreCase) {
      return CodePointSet.range(codePoint, codePoint);
    }
    int folded = fold(codePoint);
    return CodePointSet.where(other -> fold(other) == folded);
  }

  private static int fold(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  private CodePointSet bracketClass() {
    take("[");
    boolean negated = take("^");
    CodePointSet set = CodePointSet.empty();
    boolean empty = true;
    while (empty || peek() != ']') {
      empty = false;
      if (peek() == '[' || regex.startsWith("&&", at)) {
        throw refuse("unsupported nested class");
      }
      CodePointSet shorthand = peek() == '\\' ? classEscape() : null;
      if (shorthand != null) {
        set = set.union(shorthand);
        continue;
      }
      int first = peek() == '\\' ? escapedCodePoint() : codePoint();
      int last = first;
      if (peek() == '-' && !regex.startsWith("-]", at)) {
        take("-");
        last = peek() == '\\' ? escapedCodePoint() : codePoint();
      }
      if (last < first) {
        throw refuse("range out of order");
      }
      set = set.union(CodePointSet.range(first, last));
    }
    take("]");
    return negated ? set.complement() : set;
  }

  /** The set of {@code \s}, {@code \p{L}} and the like, or null where another escape stands. */
  private CodePointSet classEscape() {
    if (take("\\s")) {
      return CodePointSet.WHITE_SPACE;
    }
    if (take("\\S")) {
      return CodePointSet.WHITE_SPACE.complement();
    }
    if (take("\\d")) {
      return UnicodeProperty.named("Nd");
    }
    if (take("\\D")) {
      return UnicodeProperty.named("Nd").complement();
    }
    boolean positive = take("\\p{");
    if (!positive && !take("\\P{")) {
      return null;
    }
    boolean negated = take("^") == positive;
    int close = regex.indexOf('}', at);
    if (close < 0) {
      throw refuse("missing '}'");
    }
    CodePointSet set = UnicodeProperty.named(regex.substring(at, close));
    if (set == null) {
      throw refuse("unknown property");
    }
    at = close + 1;
    return negated ? set.complement() : set;
  }

  private int escapedCodePoint() {
    if (take("\\u")) {
      return hexadecimal(at + 4);
    }
    if (take("\\x{")) {
      int value = hexadecimal(regex.indexOf('}', at));
      take("}");
      return value;
    }
    take("\\");
    int escaped = codePoint();
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0b;
      default -> {
        if (Character.isLetterOrDigit(escaped)) {
          at -= 2;
          throw refuse("unsupported escape");
        }
        yield escaped;
      }
    };
  }

  private int hexadecimal(int end) {
    if (end <= at || end > regex.length() || end > at + 6) {
      throw refuse("malformed code point");
    }
    int value = 0;
    for (; at < end; at++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw refuse("malformed code point");
      }
      value = value * 16 + digit;
    }
    if (!Character.isValidCodePoint(value)) {
      throw refuse("malformed code point");
    }
    return value;
  }

  private int codePoint() {
    peek();
    int codePoint = regex.codePointAt(at);
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private char peek() {
    if (at >= regex.length()) {
      throw refuse("ends too early");
    }
    return regex.charAt(at);
  }

  private boolean take(String expected) {
    boolean found = regex.startsWith(expected, at);
    if (found) {
      at += expected.length();
    }
    return found;
  }

  private IllegalArgumentException refuse(String what) {
    return new IllegalArgumentException(what + " at index " + at);
  }
}
