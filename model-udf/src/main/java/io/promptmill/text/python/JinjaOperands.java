package io.promptmill.text.python;

import io.promptmill.text.python.JinjaTokens.Kind;
import io.promptmill.text.python.JinjaTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads values with what follows them: attributes, elements, calls, filters and tests. */
final class JinjaOperands {

  private final JinjaCursor cursor;
  private final JinjaOperators operators;

  JinjaOperands(JinjaCursor cursor, JinjaOperators operators) {
    this.cursor = cursor;
    this.operators = operators;
  }

  /** A value with its filters and tests. */
  JinjaExpression filtered(JinjaExpression value) {
    JinjaExpression filtered = value;
    while (true) {
      JinjaExpression input = filtered;
      if (cursor.take("|")) {
        JinjaFilters.Filter filter = JinjaFilters.named(cursor.name());
        List<JinjaExpression> positional = new ArrayList<>();
        Map<String, JinjaExpression> named = new LinkedHashMap<>();
        if (cursor.take("(")) {
          arguments(positional, named);
        }
        filtered =
            names ->
                filter.apply(input.evaluate(names), JinjaArguments.of(positional, named, names));
      } else if (cursor.take("is")) {
        filtered = test(input);
      } else {
        return filtered;
      }
    }
  }

  private JinjaExpression test(JinjaExpression input) {
    boolean negated = cursor.take("not");
    JinjaFilters.Filter test = JinjaTests.named(cursor.name());
    List<JinjaExpression> positional = new ArrayList<>();
    Map<String, JinjaExpression> named = new LinkedHashMap<>();
    if (cursor.take("(")) {
      arguments(positional, named);
    } else if (startsArgument()) {
      positional.add(postfixed());
    }
    return names ->
        PythonValues.truth(
                test.apply(input.evaluate(names), JinjaArguments.of(positional, named, names)))
            != negated;
  }

  private boolean startsArgument() {
    return switch (cursor.token().kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME ->
          !List.of("else", "or", "and", "if", "is", "in", "not").contains(cursor.token().text());
      case OPERATOR -> cursor.token().is("[") || cursor.token().is("{");
      case END -> false;
    };
  }

  private void arguments(List<JinjaExpression> positional, Map<String, JinjaExpression> named) {
    while (!cursor.take(")")) {
      if (cursor.token().kind() == Kind.NAME && cursor.following().is("=")) {
        String name = cursor.name();
        cursor.expect("=");
        named.put(name, operators.condition());
      } else {
        positional.add(operators.condition());
      }
      if (!cursor.token().is(")")) {
        cursor.expect(",");
      }
    }
  }

  /** A value with its attributes, elements and calls. */
  JinjaExpression postfixed() {
    JinjaExpression result = primary();
    while (true) {
      JinjaExpression base = result;
      if (cursor.take(".")) {
        result =
            cursor.token().kind() == Kind.INTEGER ? integer(base) : attribute(base, cursor.name());
      } else if (cursor.take("[")) {
        result = subscript(base);
      } else if (cursor.token().is("(")) {
        throw new JinjaError("only methods, filters, tests and range can be called");
      } else {
        return result;
      }
    }
  }

  private JinjaExpression integer(JinjaExpression base) {
    Object index = Long.valueOf(cursor.advance().text());
    return names -> PythonValues.item(base.evaluate(names), index);
  }

  private JinjaExpression attribute(JinjaExpression base, String name) {
    if (!cursor.take("(")) {
      return names -> PythonValues.item(base.evaluate(names), name);
    }
    List<JinjaExpression> positional = new ArrayList<>();
    Map<String, JinjaExpression> named = new LinkedHashMap<>();
    arguments(positional, named);
    return names ->
        PythonMethods.call(
            Undefined.require(base.evaluate(names)),
            name,
            JinjaArguments.of(positional, named, names));
  }

  private JinjaExpression subscript(JinjaExpression base) {
    JinjaExpression from = cursor.token().is(":") ? null : operators.condition();
    if (cursor.take("]")) {
      JinjaExpression key = from;
      return names -> PythonValues.item(base.evaluate(names), key.evaluate(names));
    }
    cursor.expect(":");
    JinjaExpression to = cursor.token().is("]") ? null : operators.condition();
    if (cursor.token().is(":")) {
      throw new JinjaError("slices with a step are not supported");
    }
    cursor.expect("]");
    return names ->
        PythonValues.slice(
            base.evaluate(names),
            from == null ? null : from.evaluate(names),
            to == null ? null : to.evaluate(names));
  }

  private JinjaExpression primary() {
    Token token = cursor.token();
    switch (token.kind()) {
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (cursor.token().kind() == Kind.STRING) {
          text.append(cursor.advance().text());
        }
        return constant(text.toString());
      }
      case INTEGER -> {
        cursor.advance();
        return constant(parsed(token.text()));
      }
      case FLOAT -> {
        cursor.advance();
        return constant(Double.valueOf(token.text()));
      }
      case NAME -> {
        cursor.advance();
        return named(token.text());
      }
      default -> {
        if (cursor.take("(")) {
          return parenthesized();
        } else if (cursor.take("[")) {
          return list();
        } else if (cursor.take("{")) {
          return dictionary();
        }
        throw cursor.unexpected("a value");
      }
    }
  }

  private static Long parsed(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new JinjaError("a whole number has more than 64 bits");
    }
  }

  private static JinjaExpression constant(Object value) {
    return names -> value;
  }

  private JinjaExpression named(String name) {
    switch (name) {
      case "true", "True" -> {
        return constant(true);
      }
      case "false", "False" -> {
        return constant(false);
      }
      case "none", "None" -> {
        return constant(null);
      }
      case "range" -> {
        if (cursor.take("(")) {
          List<JinjaExpression> positional = new ArrayList<>();
          Map<String, JinjaExpression> keywords = new LinkedHashMap<>();
          arguments(positional, keywords);
          return names -> PythonMethods.range(JinjaArguments.of(positional, keywords, names));
        }
      }
      default -> {}
    }
    return names -> names.apply(name);
  }

  /** One value, or a tuple where there is a comma. */
  private JinjaExpression parenthesized() {
    JinjaExpression first = cursor.take(")") ? null : operators.condition();
    if (first != null && cursor.take(")")) {
      return first;
    }
    List<JinjaExpression> elements = new ArrayList<>();
    if (first != null) {
      elements.add(first);
      cursor.expect(",");
      elements.addAll(elements(")"));
    }
    return names -> new PythonTuple(evaluated(elements, names));
  }

  private JinjaExpression list() {
    List<JinjaExpression> elements = elements("]");
    return names -> evaluated(elements, names);
  }

  private List<JinjaExpression> elements(String end) {
    List<JinjaExpression> elements = new ArrayList<>();
    while (!cursor.take(end)) {
      elements.add(operators.condition());
      if (!cursor.token().is(end)) {
        cursor.expect(",");
      }
    }
    return elements;
  }

  private static List<Object> evaluated(
      List<JinjaExpression> elements, Function<String, Object> names) {
    List<Object> values = new ArrayList<>();
    elements.forEach(element -> values.add(element.evaluate(names)));
    return values;
  }

  private JinjaExpression dictionary() {
    List<JinjaExpression> keys = new ArrayList<>();
    List<JinjaExpression> values = new ArrayList<>();
    while (!cursor.take("}")) {
      keys.add(operators.condition());
      cursor.expect(":");
      values.add(operators.condition());
      if (!cursor.token().is("}")) {
        cursor.expect(",");
      }
    }
    return names -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(Undefined.require(keys.get(i).evaluate(names)), values.get(i).evaluate(names));
      }
      return map;
    };
  }
}
