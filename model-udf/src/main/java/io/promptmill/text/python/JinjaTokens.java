package io.promptmill.text.python;

import java.util.ArrayList;
import java.util.List;

/** The words of a Jinja expression. */
final class JinjaTokens {

  enum Kind {
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  record Token(Kind kind, String text) {
    boolean is(String operatorOrName) {
      return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operatorOrName);
    }
  }

  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{",
          "}", ",", ".", ":", "|", "<", ">", "=");

  private final String source;
  private int at;

  private JinjaTokens(String source) {
    this.source = source;
  }

  static List<Token> of(String expression) {
    return new JinjaTokens(expression).all();
  }

  private List<Token> all() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (at == source.length()) {
        tokens.add(new Token(Kind.END, ""));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    char c = source.charAt(at);
    if (c == '\'' || c == '"') {
      return new Token(Kind.STRING, string(c));
    }
    if (Character.isDigit(c)) {
      return number();
    }
    if (Character.isUnicodeIdentifierStart(c) || c == '_') {
      int start = at;
      while (at < source.length() && Character.isUnicodeIdentifierPart(source.charAt(at))) {
        at++;
      }
      return new Token(Kind.NAME, source.substring(start, at));
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        at += operator.length();
        return new Token(Kind.OPERATOR, operator);
      }
    }
    throw new JinjaError("unexpected character '" + c + "'");
  }

  private Token number() {
    int start = at;
    digits();
    boolean whole = true;
    if (at + 1 < source.length()
        && source.charAt(at) == '.'
        && Character.isDigit(source.charAt(at + 1))) {
      whole = false;
      at++;
      digits();
    }
    if (at < source.length() && Character.toLowerCase(source.charAt(at)) == 'e') {
      int exponent = at + 1;
      if (exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (exponent < source.length() && Character.isDigit(source.charAt(exponent))) {
        whole = false;
        at = exponent;
        digits();
      }
    }
    return new Token(
        whole ? Kind.INTEGER : Kind.FLOAT, source.substring(start, at).replace("_", ""));
  }

  private void digits() {
    while (at < source.length()
        && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
      at++;
    }
  }

  /** As Python reads a literal: an unknown escape keeps its backslash. */
  private String string(char quote) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      if (c != '\\' || at == source.length()) {
        text.append(c);
        continue;
      }
      char escaped = source.charAt(at++);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'a' -> text.append('\u0007');
        case 'v' -> text.append('\u000b');
        case '\\', '\'', '"' -> text.append(escaped);
        case '\n' -> {}
        case 'x' -> codePoint(text, 2);
        case 'u' -> codePoint(text, 4);
        case 'U' -> codePoint(text, 8);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(text, escaped - '0');
        default -> text.append('\\').append(escaped);
      }
    }
    if (at == source.length()) {
      throw new JinjaError("a string has no closing " + quote);
    }
    at++;
    return text.toString();
  }

  /** Up to three digits. */
  private void octal(StringBuilder text, int first) {
    int code = first;
    for (int i = 0;
        i < 2 && at < source.length() && "01234567".indexOf(source.charAt(at)) >= 0;
        i++) {
      code = code * 8 + source.charAt(at++) - '0';
    }
    text.append((char) code);
  }

  private void codePoint(StringBuilder text, int digits) {
    try {
      text.appendCodePoint(Integer.parseInt(source.substring(at, at + digits), 16));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new JinjaError("an escape in a string needs " + digits + " hexadecimal digits");
    }
    at += digits;
  }
}
