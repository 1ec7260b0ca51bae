package io.promptmill.text.python;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Reads operators, a method for each level of precedence of Jinja2's own parser. */
final class JinjaOperators {

  private final JinjaCursor cursor;
  private final JinjaOperands operands;

  JinjaOperators(JinjaCursor cursor) {
    this.cursor = cursor;
    operands = new JinjaOperands(cursor, this);
  }

  JinjaExpression condition() {
    JinjaExpression value = or();
    while (cursor.take("if")) {
      JinjaExpression then = value;
      JinjaExpression test = or();
      JinjaExpression otherwise =
          cursor.take("else")
              ? condition()
              : names -> new Undefined("an inline if without else has no value");
      value =
          names -> (PythonValues.truth(test.evaluate(names)) ? then : otherwise).evaluate(names);
    }
    return value;
  }

  private JinjaExpression or() {
    JinjaExpression left = and();
    while (cursor.take("or")) {
      JinjaExpression first = left;
      JinjaExpression second = and();
      left =
          names -> {
            Object value = first.evaluate(names);
            return PythonValues.truth(value) ? value : second.evaluate(names);
          };
    }
    return left;
  }

  private JinjaExpression and() {
    JinjaExpression left = not();
    while (cursor.take("and")) {
      JinjaExpression first = left;
      JinjaExpression second = not();
      left =
          names -> {
            Object value = first.evaluate(names);
            return PythonValues.truth(value) ? second.evaluate(names) : value;
          };
    }
    return left;
  }

  private JinjaExpression not() {
    if (cursor.take("not")) {
      JinjaExpression value = not();
      return names -> !PythonValues.truth(value.evaluate(names));
    }
    return comparison();
  }

  /** {@code a < b < c} holds if both do. */
  private JinjaExpression comparison() {
    List<JinjaExpression> operands = new ArrayList<>(List.of(sum()));
    List<BinaryOperator<Object>> tests = new ArrayList<>();
    while (true) {
      BinaryOperator<Object> test = comparator();
      if (test == null) {
        break;
      }
      tests.add(test);
      operands.add(sum());
    }
    if (tests.isEmpty()) {
      return operands.get(0);
    }
    return names -> {
      Object left = operands.get(0).evaluate(names);
      for (int i = 0; i < tests.size(); i++) {
        Object right = operands.get(i + 1).evaluate(names);
        if (!PythonValues.truth(tests.get(i).apply(left, right))) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  private BinaryOperator<Object> comparator() {
    if (cursor.take("==")) {
      return PythonValues::equal;
    } else if (cursor.take("!=")) {
      return (a, b) -> !PythonValues.equal(a, b);
    } else if (cursor.take("<")) {
      return (a, b) -> PythonValues.compare(a, b) < 0;
    } else if (cursor.take("<=")) {
      return (a, b) -> PythonValues.compare(a, b) <= 0;
    } else if (cursor.take(">")) {
      return (a, b) -> PythonValues.compare(a, b) > 0;
    } else if (cursor.take(">=")) {
      return (a, b) -> PythonValues.compare(a, b) >= 0;
    } else if (cursor.take("in")) {
      return (a, b) -> PythonValues.contains(b, a);
    } else if (cursor.token().is("not") && cursor.following().is("in")) {
      cursor.advance();
      cursor.advance();
      return (a, b) -> !PythonValues.contains(b, a);
    }
    return null;
  }

  private JinjaExpression sum() {
    JinjaExpression left = concatenation();
    while (true) {
      if (cursor.take("+")) {
        left = binary(left, concatenation(), PythonValues::add);
      } else if (cursor.take("-")) {
        left = binary(left, concatenation(), (a, b) -> PythonValues.arithmetic("-", a, b));
      } else {
        return left;
      }
    }
  }

  private JinjaExpression concatenation() {
    JinjaExpression left = product();
    while (cursor.take("~")) {
      left = binary(left, product(), (a, b) -> PythonText.str(a) + PythonText.str(b));
    }
    return left;
  }

  private JinjaExpression product() {
    JinjaExpression left = power();
    while (true) {
      String operator = cursor.token().text();
      if (cursor.take("*")) {
        left = binary(left, power(), PythonValues::multiply);
      } else if (cursor.take("/") || cursor.take("//") || cursor.take("%")) {
        left = binary(left, power(), (a, b) -> PythonValues.arithmetic(operator, a, b));
      } else {
        return left;
      }
    }
  }

  private JinjaExpression power() {
    JinjaExpression left = unary(true);
    while (cursor.take("**")) {
      left = binary(left, unary(true), (a, b) -> PythonValues.arithmetic("**", a, b));
    }
    return left;
  }

  private static JinjaExpression binary(
      JinjaExpression left, JinjaExpression right, BinaryOperator<Object> operator) {
    return names -> operator.apply(left.evaluate(names), right.evaluate(names));
  }

  private JinjaExpression unary(boolean filtered) {
    JinjaExpression value;
    if (cursor.take("-")) {
      JinjaExpression negated = unary(false);
      value = names -> PythonValues.negate(negated.evaluate(names));
    } else if (cursor.take("+")) {
      JinjaExpression same = unary(false);
      value = names -> PythonValues.arithmetic("+", 0L, same.evaluate(names));
    } else {
      value = operands.postfixed();
    }
    return filtered ? operands.filtered(value) : value;
  }
}
