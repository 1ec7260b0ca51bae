package io.promptmill.engine.constraint;

import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses the part of regular-expression syntax that an automaton can decide and that dialects agree
 * on: literals, {@code .}, classes with ranges, {@code \d \w \s} and their opposites, escapes of
 * characters, groups {@code (…)} and {@code (?:…)}, alternatives, the quantifiers {@code ? * +
 * {m,n}}, greedy or lazy, and {@code ^} and {@code $} at the ends of the whole. Anything else is an
 * error that names its place.
 */
final class RegexParser {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_COUNT = 10_000;
  private static final String ANCHOR = "unsupported anchor inside the expression";

  private final String regex;
  private final String name;
  private int at;
  private int depth;

  /**
   * @param name what to call the expression in errors
   */
  RegexParser(String regex, String name) {
    this.regex = regex;
    this.name = name;
  }

  /**
   * Texts that the whole expression matches; {@code ^} and {@code $} at its ends say nothing new.
   *
   * @throws PromptmillException with {@code OPTION_INVALID} that names the construct and its index
   */
  Expression fullMatch() {
    return whole(false);
  }

  /**
   * Texts in which the expression matches somewhere, as JSON Schema reads a {@code pattern}.
   *
   * @throws PromptmillException as {@link #fullMatch}
   */
  Expression search() {
    return whole(true);
  }

  private Expression whole(boolean anywhere) {
    List<Expression> options = new ArrayList<>();
    do {
      boolean start = take("^");
      Expression body = sequence();
      boolean end = take("$");
      if (anywhere) {
        Expression before = start ? Expression.sequence() : Expression.ANYTHING;
        Expression after = end ? Expression.sequence() : Expression.ANYTHING;
        body = Expression.sequence(before, body, after);
      }
      options.add(body);
    } while (take("|"));
    if (at < regex.length()) {
      boolean group = peek() == ')';
      throw refuse(group ? "unmatched ')'" : ANCHOR, group ? at : at - 1);
    }
    return new Expression.Alternatives(options);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (at < regex.length() && "|)$".indexOf(peek()) < 0) {
      parts.add(quantified(atom()));
    }
    return new Expression.Sequence(parts);
  }

  private Expression atom() {
    char next = peek();
    return switch (next) {
      case '(' -> group();
      case '[' -> new Expression.OneOf(bracketClass());
      case '\\' -> {
        int start = at;
        Optional<CodePoints> named = classEscape(false);
        yield new Expression.OneOf(
            named.orElseGet(() -> CodePoints.single(escapedCodePoint(start))));
      }
      case '^' -> throw refuse(ANCHOR, at);
      case '?', '*', '+', '{' -> throw refuse("nothing to repeat before '" + next + "'", at);
      default -> {
        int codePoint = codePoint();
        yield new Expression.OneOf(
            codePoint == '.' ? ClassEscapes.DOT : CodePoints.single(codePoint));
      }
    };
  }

  private Expression group() {
    int start = at;
    if (++depth > MAX_DEPTH) {
      throw refuse("groups nested deeper than " + MAX_DEPTH, start);
    }
    take("(");
    if (take("?") && !take(":")) {
      boolean looks = regex.startsWith("=", at) || regex.startsWith("!", at);
      boolean behind = regex.startsWith("<=", at) || regex.startsWith("<!", at);
      throw refuse(looks || behind ? "unsupported look-around" : "unsupported group", start);
    }
    List<Expression> options = new ArrayList<>();
    do {
      options.add(sequence());
    } while (take("|"));
    if (at < regex.length() && peek() == '$') {
      throw refuse(ANCHOR, at);
    }
    if (!take(")")) {
      throw refuse("missing ')' of the group that begins", start);
    }
    depth--;
    return new Expression.Alternatives(options);
  }

  private Expression quantified(Expression part) {
    int start = at;
    int min;
    int max;
    if (take("?")) {
      min = 0;
      max = 1;
    } else if (take("*")) {
      min = 0;
      max = Expression.UNBOUNDED;
    } else if (take("+")) {
      min = 1;
      max = Expression.UNBOUNDED;
    } else if (take("{")) {
      min = count(start);
      max = !take(",") ? min : regex.startsWith("}", at) ? Expression.UNBOUNDED : count(start);
      if (!take("}") || max < min) {
        throw refuse("malformed quantifier", start);
      }
    } else {
      return part;
    }
    take("?"); // lazy and greedy match the same texts
    if (at < regex.length() && "?*+{".indexOf(peek()) >= 0) {
      throw refuse("unsupported quantifier of a quantifier", at);
    }
    return new Expression.Repeat(part, min, max);
  }

  private int count(int start) {
    int value = 0;
    int first = at;
    while (at < regex.length() && peek() >= '0' && peek() <= '9' && value <= MAX_COUNT) {
      value = value * 10 + (regex.charAt(at++) - '0');
    }
    if (at == first) {
      throw refuse("malformed quantifier", start);
    }
    if (value > MAX_COUNT) {
      throw refuse("a quantifier above " + MAX_COUNT, start);
    }
    return value;
  }

  private CodePoints bracketClass() {
    int start = at;
    take("[");
    boolean negated = take("^");
    List<CodePoints.Range> ranges = new ArrayList<>();
    if (regex.startsWith("]", at)) {
      throw refuse("empty class", start);
    }
    while (at < regex.length() && peek() != ']') {
      if (peek() == '[' || regex.startsWith("&&", at)) {
        throw refuse("unsupported nested class or unescaped '" + peek() + "' in a class", at);
      }
      Optional<CodePoints> named = peek() == '\\' ? classEscape(negated) : Optional.empty();
      ranges.addAll((named.isPresent() ? named.get() : range()).ranges());
    }
    if (!take("]")) {
      throw refuse("missing ']' of the class that begins", start);
    }
    CodePoints set = CodePoints.of(ranges);
    CodePoints result = negated ? set.complement() : set;
    if (result.isEmpty()) {
      throw refuse("a class without any character", start);
    }
    return result;
  }

  private CodePoints range() {
    int start = at;
    int first = classMember();
    int last = first;
    if (regex.startsWith("-", at) && !regex.startsWith("-]", at)) {
      take("-");
      last = at < regex.length() ? classMember() : first;
    }
    if (last < first) {
      throw refuse("range out of order", start);
    }
    return CodePoints.range(first, last);
  }

  private int classMember() {
    return peek() == '\\' ? escapedCodePoint(at) : codePoint();
  }

  /** The set of {@code \d} and the like, or nothing, read nothing, where another escape stands. */
  private Optional<CodePoints> classEscape(boolean complemented) {
    if (at + 1 >= regex.length()) {
      return Optional.empty();
    }
    Optional<CodePoints> set = ClassEscapes.named(regex.charAt(at + 1), complemented);
    at += set.isPresent() ? 2 : 0;
    return set;
  }

  private int escapedCodePoint(int start) {
    take("\\");
    if (at == regex.length()) {
      throw refuse("nothing after '\\'", start);
    }
    int escaped = codePoint();
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'x' -> hexadecimal(start, 2);
      case 'u' -> hexadecimal(start, 4);
      default -> {
        if (escaped >= '1' && escaped <= '9') {
          throw refuse("unsupported back-reference", start);
        }
        if (Character.isLetterOrDigit(escaped)) {
          throw refuse("unsupported escape '\\" + Character.toString(escaped) + "'", start);
        }
        yield escaped;
      }
    };
  }

  /** As many digits as given, or one to six in braces. */
  private int hexadecimal(int start, int digits) {
    int first = at;
    int end = at + digits;
    boolean braces = take("{");
    if (braces) {
      first = at;
      end = regex.indexOf('}', at);
    }
    String text = end > first && end <= regex.length() ? regex.substring(first, end) : "";
    if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(RegexParser::isHex)) {
      throw refuse("malformed code point", start);
    }
    at = braces ? end + 1 : end;
    return scalar(Integer.parseInt(text, 16), start);
  }

  private static boolean isHex(int c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }

  private int codePoint() {
    int start = at;
    int codePoint = regex.codePointAt(at);
    at += Character.charCount(codePoint);
    return scalar(codePoint, start);
  }

  private int scalar(int codePoint, int start) {
    if (CodePoints.ALL.contains(codePoint)) {
      return codePoint;
    }
    throw refuse("expected a character, found the code point %X".formatted(codePoint), start);
  }

  private char peek() {
    return regex.charAt(at);
  }

  private boolean take(String expected) {
    boolean found = regex.startsWith(expected, at);
    at += found ? expected.length() : 0;
    return found;
  }

  private PromptmillException refuse(String what, int index) {
    return ConstraintErrors.invalid(
        "%s: %s at index %d of '%s'".formatted(name, what, index, regex));
  }
}
