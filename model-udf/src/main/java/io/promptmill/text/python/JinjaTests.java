package io.promptmill.text.python;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tests of {@code x is …} that templates can use. */
final class JinjaTests {

  private static final Map<String, JinjaFilters.Filter> TESTS =
      Map.ofEntries(
          Map.entry("defined", (value, arguments) -> !(value instanceof Undefined)),
          Map.entry("undefined", (value, arguments) -> value instanceof Undefined),
          Map.entry("none", (value, arguments) -> Undefined.require(value) == null),
          Map.entry("string", (value, arguments) -> value instanceof String),
          Map.entry(
              "number", (value, arguments) -> value instanceof Number || value instanceof Boolean),
          Map.entry("integer", (value, arguments) -> value instanceof Long),
          Map.entry("float", (value, arguments) -> value instanceof Double),
          Map.entry("boolean", (value, arguments) -> value instanceof Boolean),
          Map.entry("mapping", (value, arguments) -> value instanceof Map),
          Map.entry(
              "sequence",
              (value, arguments) ->
                  value instanceof String || value instanceof List || value instanceof Map),
          Map.entry("true", (value, arguments) -> Boolean.TRUE.equals(value)),
          Map.entry("false", (value, arguments) -> Boolean.FALSE.equals(value)),
          Map.entry("even", (value, arguments) -> remainder(value, 2L) == 0),
          Map.entry("odd", (value, arguments) -> remainder(value, 2L) == 1),
          Map.entry(
              "divisibleby",
              (value, arguments) ->
                  remainder(value, arguments.bind("divisibleby", 1, "num").get(0)) == 0),
          Map.entry(
              "in",
              (value, arguments) ->
                  PythonValues.contains(arguments.bind("in", 1, "seq").get(0), value)),
          Map.entry("equalto", JinjaTests::equalTo),
          Map.entry("eq", JinjaTests::equalTo));

  private JinjaTests() {}

  /**
   * @throws JinjaError for an unknown name, listing the known ones
   */
  static JinjaFilters.Filter named(String name) {
    JinjaFilters.Filter test = TESTS.get(name);
    if (test == null) {
      throw new JinjaError(
          "unknown test '%s'; known: %s"
              .formatted(name, String.join(", ", new TreeSet<>(TESTS.keySet()))));
    }
    return test;
  }

  private static Object equalTo(Object value, JinjaArguments arguments) {
    return PythonValues.equal(value, arguments.bind("eq", 1, "other").get(0));
  }

  private static long remainder(Object value, Object divisor) {
    Object rest = PythonValues.arithmetic("%", value, divisor);
    return rest instanceof Long whole ? whole : ((Double) rest).longValue();
  }
}
