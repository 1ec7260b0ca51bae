package io.promptmill.text.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Methods of Python's lists and dictionaries, and {@code range}. */
final class PythonMethods {

  private PythonMethods() {}

  /**
   * @throws JinjaError for a method that the type lacks or that is not supported
   */
  static Object call(Object value, String method, JinjaArguments arguments) {
    if (value instanceof String text) {
      if (!arguments.named().isEmpty()) {
        throw new JinjaError("string method " + method + " takes no named arguments here");
      }
      return PythonStrings.call(text, method, arguments.positional());
    } else if (value instanceof List<?> list) {
      return callList(list, method, arguments);
    } else if (value instanceof Map<?, ?> map) {
      return callMap(map, method, arguments);
    }
    throw unknown(value, method);
  }

  private static Object callList(List<?> list, String method, JinjaArguments arguments) {
    switch (method) {
      case "index" -> {
        Object wanted = arguments.bind("index", 1, "value").get(0);
        for (int i = 0; i < list.size(); i++) {
          if (PythonValues.equal(PythonValues.of(list.get(i)), wanted)) {
            return (long) i;
          }
        }
        throw new JinjaError(
            "%s is not in %s".formatted(PythonText.repr(wanted), PythonText.repr(list)));
      }
      case "count" -> {
        Object wanted = arguments.bind("count", 1, "value").get(0);
        return list.stream()
            .filter(element -> PythonValues.equal(PythonValues.of(element), wanted))
            .count();
      }
      default -> throw unknown(list, method);
    }
  }

  private static Object callMap(Map<?, ?> map, String method, JinjaArguments arguments) {
    switch (method) {
      case "get" -> {
        List<Object> bound = arguments.bind("get", 1, "key", "default");
        Object found = PythonValues.item(map, bound.get(0));
        return found instanceof Undefined ? bound.get(1) : found;
      }
      case "keys" -> {
        arguments.bind("keys", 0);
        return PythonValues.iterate(map);
      }
      case "values" -> {
        arguments.bind("values", 0);
        return PythonValues.iterate(map.values());
      }
      case "items" -> {
        arguments.bind("items", 0);
        List<Object> items = new ArrayList<>();
        map.forEach(
            (key, value) -> {
              List<Object> pair = new ArrayList<>();
              pair.add(PythonValues.of(key));
              pair.add(PythonValues.of(value));
              items.add(new PythonTuple(pair));
            });
        return items;
      }
      default -> throw unknown(map, method);
    }
  }

  static Object range(JinjaArguments arguments) {
    List<Object> bound = arguments.bind("range", 1, "start", "stop", "step");
    boolean single = bound.get(1) == null;
    int start = single ? 0 : JinjaArguments.integer("range", bound.get(0), 0);
    int stop = JinjaArguments.integer("range", single ? bound.get(0) : bound.get(1), 0);
    int step = JinjaArguments.integer("range", bound.get(2), 1);
    if (step == 0) {
      throw new JinjaError("range needs a step that is not 0");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      numbers.add(i);
    }
    return numbers;
  }

  private static JinjaError unknown(Object value, String method) {
    return new JinjaError(
        "%s has no method %s, or it is not supported"
            .formatted(PythonValues.typeName(value), method));
  }
}
