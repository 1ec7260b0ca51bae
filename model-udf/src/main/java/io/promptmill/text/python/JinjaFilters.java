package io.promptmill.text.python;

import io.promptmill.error.PromptmillException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The filters of {@code x | …} that templates of tasks can use, each as Jinja2 has it. */
final class JinjaFilters {

  /** A value and arguments to a value. */
  @FunctionalInterface
  interface Filter {
    Object apply(Object value, JinjaArguments arguments);
  }

  private static final Map<String, Filter> FILTERS =
      Map.ofEntries(
          Map.entry("abs", plain(JinjaFilters::abs)),
          Map.entry("capitalize", plain(value -> PythonStrings.capitalize(PythonText.str(value)))),
          Map.entry("count", plain(value -> (long) PythonValues.length(value))),
          Map.entry("d", JinjaFilters::otherwise),
          Map.entry("default", JinjaFilters::otherwise),
          Map.entry("first", plain(value -> end(value, true))),
          Map.entry("float", JinjaFilters::real),
          Map.entry("int", JinjaFilters::whole),
          Map.entry("join", JinjaFilters::join),
          Map.entry("last", plain(value -> end(value, false))),
          Map.entry("length", plain(value -> (long) PythonValues.length(value))),
          Map.entry("list", plain(PythonValues::iterate)),
          Map.entry("lower", plain(value -> PythonText.lower(PythonText.str(value)))),
          Map.entry("map", JinjaFilters::map),
          Map.entry("regex_replace", JinjaFilters::regexReplace),
          Map.entry("replace", JinjaFilters::replace),
          Map.entry("reverse", plain(JinjaFilters::reverse)),
          Map.entry("round", JinjaFilters::round),
          Map.entry("string", plain(PythonText::str)),
          Map.entry("trim", JinjaFilters::trim),
          Map.entry("upper", plain(value -> PythonText.upper(PythonText.str(value)))));

  private JinjaFilters() {}

  /**
   * @throws JinjaError for an unknown name, listing the known ones
   */
  static Filter named(String name) {
    Filter filter = FILTERS.get(name);
    if (filter == null) {
      throw new JinjaError(
          "unknown filter '%s'; known: %s"
              .formatted(name, String.join(", ", new TreeSet<>(FILTERS.keySet()))));
    }
    return filter;
  }

  private static Filter plain(UnaryOperator<Object> function) {
    return (value, arguments) -> {
      arguments.bind("the filter", 0);
      return function.apply(Undefined.require(value));
    };
  }

  private static Object abs(Object value) {
    return PythonValues.compare(value, 0L) < 0 ? PythonValues.negate(value) : value;
  }

  private static Object end(Object value, boolean first) {
    List<Object> elements = PythonValues.iterate(value);
    if (elements.isEmpty()) {
      return new Undefined("an empty value has no %s element".formatted(first ? "first" : "last"));
    }
    return elements.get(first ? 0 : elements.size() - 1);
  }

  private static Object reverse(Object value) {
    List<Object> elements = PythonValues.iterate(value);
    Collections.reverse(elements);
    return value instanceof String
        ? elements.stream().map(String.class::cast).collect(Collectors.joining())
        : elements;
  }

  private static Object otherwise(Object value, JinjaArguments arguments) {
    List<Object> bound = arguments.bind("default", 0, "default_value", "boolean");
    boolean falsy = bound.get(1) != null && PythonValues.truth(bound.get(1));
    if (value instanceof Undefined || (falsy && !PythonValues.truth(value))) {
      return bound.get(0) == null ? "" : bound.get(0);
    }
    return value;
  }

  private static Object whole(Object value, JinjaArguments arguments) {
    Object otherwise = arguments.bind("int", 0, "default").get(0);
    Undefined.require(value);
    try {
      if (value instanceof String text) {
        String digits = PythonText.strip(text).replace("_", "");
        return digits.matches("[+-]?\\d+") ? Long.valueOf(digits) : (long) number(digits);
      } else if (value instanceof Boolean truth) {
        return truth ? 1L : 0L;
      } else if (value instanceof Number number) {
        return number.longValue();
      }
    } catch (NumberFormatException e) {
      // Jinja2 gives the default for what is no number.
    }
    return otherwise == null ? 0L : otherwise;
  }

  private static Object real(Object value, JinjaArguments arguments) {
    Object otherwise = arguments.bind("float", 0, "default").get(0);
    Undefined.require(value);
    try {
      if (value instanceof String text) {
        return number(PythonText.strip(text));
      } else if (value instanceof Boolean truth) {
        return truth ? 1.0 : 0.0;
      } else if (value instanceof Number number) {
        return number.doubleValue();
      }
    } catch (NumberFormatException e) {
      // Jinja2 gives the default for what is no number.
    }
    return otherwise == null ? 0.0 : otherwise;
  }

  /** Java would take suffixes such as {@code 1d} too. */
  private static double number(String text) {
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      throw new NumberFormatException(text);
    }
    return Double.parseDouble(text);
  }

  /** An attribute of each element, or each through the filter of that name. */
  private static Object map(Object value, JinjaArguments arguments) {
    List<Object> elements = PythonValues.iterate(Undefined.require(value));
    if (arguments.positional().isEmpty()) {
      String path = JinjaArguments.text("map", arguments.bind("map", 1, "attribute").get(0));
      elements.replaceAll(element -> attribute(element, path));
      return elements;
    }
    List<Object> given = arguments.positional();
    Filter filter = named(JinjaArguments.text("map", given.get(0)));
    JinjaArguments rest = new JinjaArguments(given.subList(1, given.size()), arguments.named());
    elements.replaceAll(element -> filter.apply(element, rest));
    return elements;
  }

  private static Object attribute(Object value, String path) {
    Object found = value;
    for (String key : path.split("\\.", -1)) {
      found =
          Undefined.require(
              PythonValues.item(found, key.matches("\\d+") ? (Object) Long.valueOf(key) : key));
    }
    return found;
  }

  private static Object join(Object value, JinjaArguments arguments) {
    Object separator = arguments.bind("join", 0, "d").get(0);
    return PythonValues.iterate(value).stream()
        .map(PythonText::str)
        .collect(Collectors.joining(separator == null ? "" : PythonText.str(separator)));
  }

  private static Object replace(Object value, JinjaArguments arguments) {
    List<Object> bound = arguments.bind("replace", 2, "old", "new", "count");
    return PythonStrings.replace(
        PythonText.str(value),
        PythonText.str(bound.get(0)),
        PythonText.str(bound.get(1)),
        JinjaArguments.integer("replace", bound.get(2), -1));
  }

  private static Object trim(Object value, JinjaArguments arguments) {
    Object characters = arguments.bind("trim", 0, "chars").get(0);
    List<Object> given = new ArrayList<>();
    if (characters != null) {
      given.add(characters);
    }
    return PythonStrings.call(PythonText.str(value), "strip", given);
  }

  private static Object round(Object value, JinjaArguments arguments) {
    List<Object> bound = arguments.bind("round", 0, "precision", "method");
    int precision = JinjaArguments.integer("round", bound.get(0), 0);
    String method = bound.get(1) == null ? "common" : PythonText.str(bound.get(1));
    RoundingMode mode =
        switch (method) {
          case "common" -> RoundingMode.HALF_EVEN;
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> throw new JinjaError("round has no method " + method);
        };
    if (!(Undefined.require(value) instanceof Number number)) {
      throw new JinjaError("round needs a number, found " + PythonValues.typeName(value));
    }
    double rounded = new BigDecimal(number.doubleValue()).setScale(precision, mode).doubleValue();
    return value instanceof Long && method.equals("common") ? (Object) (long) rounded : rounded;
  }

  /** {@code re.sub} in lm-evaluation-harness's own order of arguments. */
  private static Object regexReplace(Object value, JinjaArguments arguments) {
    List<Object> bound = arguments.bind("regex_replace", 2, "pattern", "repl", "count");
    String text = JinjaArguments.text("regex_replace", Undefined.require(value));
    String pattern = JinjaArguments.text("regex_replace", bound.get(0));
    String replacement = JinjaArguments.text("regex_replace", bound.get(1));
    int count = JinjaArguments.integer("regex_replace", bound.get(2), 0);
    try {
      return PythonRegex.compile(pattern).replaceIn(text, replacement, count);
    } catch (PromptmillException e) {
      throw new JinjaError("regex_replace: " + e.getMessage());
    }
  }
}
