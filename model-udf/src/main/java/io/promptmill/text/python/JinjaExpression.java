package io.promptmill.text.python;

import java.util.function.Function;

/** An expression of Jinja2, with its precedence and Python's meaning of operators. */
@FunctionalInterface
interface JinjaExpression {

  /**
   * @param names value of a name, {@link Undefined} for a name that is not there
   * @throws JinjaError if Python would raise an error, or for what is not supported
   */
  Object evaluate(Function<String, Object> names);

  /**
   * @throws JinjaError if it is malformed or uses what is not supported
   */
  static JinjaExpression parse(String expression) {
    JinjaCursor cursor = new JinjaCursor(JinjaTokens.of(expression));
    JinjaExpression parsed = new JinjaOperators(cursor).condition();
    cursor.expectEnd();
    return parsed;
  }
}
