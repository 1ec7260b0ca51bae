package io.promptmill.text.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Python's operators over the values of templates: String, Long, Double, Boolean, List, Map, null
 * for None. Strings count code points.
 */
final class PythonValues {

  private PythonValues() {}

  /** A value of Java as one of a template. */
  static Object of(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return value instanceof Float number ? (Object) number.doubleValue() : value;
  }

  static boolean truth(Object value) {
    Undefined.require(value);
    if (value == null) {
      return false;
    } else if (value instanceof Boolean truth) {
      return truth;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    } else if (value instanceof String text) {
      return !text.isEmpty();
    } else if (value instanceof Collection<?> collection) {
      return !collection.isEmpty();
    }
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }

  static boolean equal(Object a, Object b) {
    Undefined.require(a);
    Undefined.require(b);
    Object left = number(a);
    Object right = number(b);
    if (left instanceof Long || right instanceof Long) {
      if (left instanceof Long && right instanceof Long) {
        return left.equals(right);
      }
      return left instanceof Number first
          && right instanceof Number second
          && first.doubleValue() == second.doubleValue();
    }
    if (left instanceof Double first && right instanceof Double second) {
      return first.doubleValue() == second.doubleValue();
    }
    if (a instanceof List<?> first && b instanceof List<?> second) {
      if (first.size() != second.size()
          || first instanceof PythonTuple != second instanceof PythonTuple) {
        return false;
      }
      for (int i = 0; i < first.size(); i++) {
        if (!equal(first.get(i), second.get(i))) {
          return false;
        }
      }
      return true;
    }
    return Objects.equals(a, b);
  }

  /** Negative, zero or positive. */
  static int compare(Object a, Object b) {
    Object left = number(Undefined.require(a));
    Object right = number(Undefined.require(b));
    if (left instanceof Long first && right instanceof Long second) {
      return Long.compare(first, second);
    } else if (left instanceof Number first && right instanceof Number second) {
      return Double.compare(first.doubleValue(), second.doubleValue());
    } else if (left instanceof String first && right instanceof String second) {
      int[] one = first.codePoints().toArray();
      int[] other = second.codePoints().toArray();
      return Arrays.compare(one, other);
    }
    throw unsupported("<", a, b);
  }

  static boolean contains(Object container, Object value) {
    Undefined.require(value);
    if (container instanceof String text && value instanceof String part) {
      return text.contains(part);
    }
    if (container instanceof String) {
      throw unsupported("in", value, container);
    }
    return iterate(container).stream().anyMatch(element -> equal(element, value));
  }

  static Object add(Object a, Object b) {
    if (a instanceof String first && b instanceof String second) {
      return first + second;
    } else if (a instanceof List<?> first && b instanceof List<?> second) {
      List<Object> joined = new ArrayList<>(first);
      joined.addAll(second);
      return joined;
    }
    return arithmetic("+", a, b);
  }

  static Object multiply(Object a, Object b) {
    if (number(a) instanceof Long times && !(number(b) instanceof Number)) {
      return repeat(b, times);
    } else if (number(b) instanceof Long times && !(number(a) instanceof Number)) {
      return repeat(a, times);
    }
    return arithmetic("*", a, b);
  }

  private static Object repeat(Object value, long times) {
    int count = Math.toIntExact(Math.max(0, times));
    if (value instanceof String text) {
      return text.repeat(count);
    } else if (value instanceof List<?> list) {
      return Collections.nCopies(count, list).stream().flatMap(List::stream).toList();
    }
    throw unsupported("*", value, times);
  }

  /** {@code - * / // % **} and {@code +} of numbers. */
  static Object arithmetic(String operator, Object a, Object b) {
    Object left = number(Undefined.require(a));
    Object right = number(Undefined.require(b));
    if (!(left instanceof Number first) || !(right instanceof Number second)) {
      throw unsupported(operator, a, b);
    }
    if (List.of("/", "//", "%").contains(operator) && second.doubleValue() == 0) {
      throw new JinjaError("division by zero");
    }
    try {
      return left instanceof Long && right instanceof Long && !operator.equals("/")
          ? whole(operator, first.longValue(), second.longValue())
          : (Object) real(operator, first.doubleValue(), second.doubleValue());
    } catch (ArithmeticException e) {
      throw new JinjaError("a whole number has more than 64 bits");
    }
  }

  private static Object whole(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDiv(a, b);
      case "%" -> Math.floorMod(a, b);
      default -> b < 0 ? (Object) Math.pow((double) a, (double) b) : power(a, b);
    };
  }

  private static long power(long base, long exponent) {
    long product = 1;
    for (long i = 0; i < exponent; i++) {
      product = Math.multiplyExact(product, base);
    }
    return product;
  }

  private static double real(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor((a - modulo(a, b)) / b + 0.5);
      case "%" -> modulo(a, b);
      default -> Math.pow(a, b);
    };
  }

  /** With the sign of the divisor. */
  private static double modulo(double a, double b) {
    double rest = a % b;
    return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
  }

  static Object negate(Object value) {
    return Undefined.require(value) instanceof Double number
        ? (Object) (-number)
        : arithmetic("-", 0L, value);
  }

  /** True and false count as 1 and 0. */
  private static Object number(Object value) {
    return value instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : value;
  }

  /** {@code value[key]} or {@code value.key}; undefined where there is nothing. */
  static Object item(Object value, Object key) {
    Undefined.require(value);
    Undefined.require(key);
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (equal(of(entry.getKey()), key)) {
          return of(entry.getValue());
        }
      }
      return new Undefined(
          "%s is not in the value, which has %s".formatted(PythonText.repr(key), map.keySet()));
    }
    if (key instanceof Long index && (value instanceof List || value instanceof String)) {
      int length = length(value);
      long from = index < 0 ? index + length : index;
      if (from < 0 || from >= length) {
        return new Undefined("index %d is outside of %d elements".formatted(index, length));
      }
      return value instanceof List<?> list
          ? of(list.get((int) from))
          : slice((String) value, (int) from, (int) from + 1);
    }
    return new Undefined("%s has no element %s".formatted(typeName(value), PythonText.repr(key)));
  }

  /** {@code value[from:to]}; null for an end that is not given. */
  static Object slice(Object value, Object from, Object to) {
    if (!(value instanceof List) && !(value instanceof String)) {
      throw new JinjaError(typeName(Undefined.require(value)) + " has no slices");
    }
    int length = length(value);
    int start = bound(from, 0, length);
    int end = Math.max(start, bound(to, length, length));
    return value instanceof List<?> list
        ? new ArrayList<Object>(list.subList(start, end))
        : slice((String) value, start, end);
  }

  private static String slice(String text, int start, int end) {
    int from = text.offsetByCodePoints(0, start);
    return text.substring(from, text.offsetByCodePoints(from, end - start));
  }

  private static int bound(Object index, int otherwise, int length) {
    if (index == null) {
      return otherwise;
    }
    if (!(Undefined.require(index) instanceof Long given)) {
      throw new JinjaError("bounds of a slice must be whole numbers");
    }
    return (int) Math.max(0, Math.min(length, given < 0 ? given + length : given));
  }

  static int length(Object value) {
    return value instanceof String text
        ? text.codePointCount(0, text.length())
        : iterate(value).size();
  }

  /** Elements of a list, keys of a map, characters of a string. */
  static List<Object> iterate(Object value) {
    Undefined.require(value);
    List<Object> elements = new ArrayList<>();
    if (value instanceof Collection<?> collection) {
      collection.forEach(element -> elements.add(of(element)));
    } else if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> elements.add(of(key)));
    } else if (value instanceof String text) {
      text.codePoints().forEach(c -> elements.add(Character.toString(c)));
    } else {
      throw new JinjaError(typeName(value) + " is not iterable");
    }
    return elements;
  }

  static JinjaError unsupported(String operator, Object a, Object b) {
    return new JinjaError(
        "operator %s does not take %s and %s".formatted(operator, typeName(a), typeName(b)));
  }

  static String typeName(Object value) {
    return value == null
        ? "None"
        : value instanceof String
            ? "str"
            : value instanceof Long
                ? "int"
                : value instanceof Double
                    ? "float"
                    : value instanceof Boolean
                        ? "bool"
                        : value instanceof Map
                            ? "dict"
                            : value instanceof List ? "list" : value.getClass().getSimpleName();
  }
}
