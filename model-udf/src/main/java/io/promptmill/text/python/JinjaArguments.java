package io.promptmill.text.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Arguments of a filter, test or method.
 *
 * @param positional in order
 * @param named by name
 */
record JinjaArguments(List<Object> positional, Map<String, Object> named) {

  static JinjaArguments of(
      List<JinjaExpression> positional,
      Map<String, JinjaExpression> named,
      Function<String, Object> names) {
    List<Object> values = new ArrayList<>();
    positional.forEach(argument -> values.add(Undefined.require(argument.evaluate(names))));
    Map<String, Object> byName = new LinkedHashMap<>();
    named.forEach(
        (name, argument) -> byName.put(name, Undefined.require(argument.evaluate(names))));
    return new JinjaArguments(values, byName);
  }

  /**
   * The values in the order of the parameters, null for those not given.
   *
   * @throws JinjaError if there are more or others, or fewer than required
   */
  List<Object> bind(String callee, int required, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new JinjaError(
          "%s takes at most %d arguments, found %d"
              .formatted(callee, parameters.length, positional.size()));
    }
    Map<String, Object> unused = new LinkedHashMap<>(named);
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      boolean given = i < positional.size() || unused.containsKey(parameters[i]);
      if (!given && i < required) {
        throw new JinjaError("%s needs an argument %s".formatted(callee, parameters[i]));
      }
      bound.add(i < positional.size() ? positional.get(i) : unused.remove(parameters[i]));
    }
    if (!unused.isEmpty()) {
      throw new JinjaError("%s has no argument %s".formatted(callee, unused.keySet()));
    }
    return bound;
  }

  static String text(String callee, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new JinjaError("%s needs text, found %s".formatted(callee, PythonValues.typeName(value)));
  }

  /** A whole number, or the other where none is given. */
  static int integer(String callee, Object value, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw new JinjaError(
        "%s needs a whole number, found %s".formatted(callee, PythonText.repr(value)));
  }
}
