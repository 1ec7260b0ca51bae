package io.promptmill.text.python;

import io.promptmill.text.python.JinjaTokens.Kind;
import io.promptmill.text.python.JinjaTokens.Token;
import java.util.List;

/** A place in the words of an expression. */
final class JinjaCursor {

  private final List<Token> tokens;
  private int at;

  JinjaCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token token() {
    return tokens.get(at);
  }

  /** The word after the next; the end stays the end. */
  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The next word, which is then behind. */
  Token advance() {
    return tokens.get(at++);
  }

  /** Goes past the operator or name if it is next. */
  boolean take(String text) {
    boolean found = token().is(text);
    at += found ? 1 : 0;
    return found;
  }

  void expect(String text) {
    if (!take(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  void expectEnd() {
    if (token().kind() != Kind.END) {
      throw unexpected("the end");
    }
  }

  String name() {
    if (token().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return advance().text();
  }

  JinjaError unexpected(String wanted) {
    return new JinjaError(
        token().kind() == Kind.END
            ? "expected %s, found the end of the expression".formatted(wanted)
            : "expected %s, found '%s'".formatted(wanted, token().text()));
  }
}
