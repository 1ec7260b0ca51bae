package io.promptmill.spark.conf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of option values. */
final class ValueTypes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SIZE = Pattern.compile("(\\d+)([kmgt]?)(i?b)?");

  private ValueTypes() {}

  static ValueType<String> text(String label) {
    return ValueType.single(label, "a text", text -> text);
  }

  /** A text in which {@code \n}, {@code \t} and {@code \\} stand for line feed, tab, backslash. */
  static ValueType<String> escapedText(String label) {
    return ValueType.single(label, "a text", ValueTypes::unescape);
  }

  static ValueType<Boolean> bool() {
    return ValueType.single(
        "",
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  static ValueType<Integer> integer(int least) {
    return ValueType.single(
        "N", "a whole number from " + least, text -> checked(Integer.valueOf(text), least));
  }

  private static int checked(int value, int least) {
    require(value >= least);
    return value;
  }

  static ValueType<Long> longInteger() {
    return ValueType.single("N", "a whole number", Long::valueOf);
  }

  /** A finite number within the bounds, both included. */
  static ValueType<Double> number(double least, double most) {
    String upTo = most == Double.MAX_VALUE ? "" : " to " + plain(most);
    String expected =
        least == -Double.MAX_VALUE ? "a number" : "a number from " + plain(least) + upTo;
    return ValueType.single("X", expected, text -> within(Double.parseDouble(text), least, most));
  }

  /** A finite number above 0 and at most the bound. */
  static ValueType<Double> positive(double most) {
    String upTo = most == Double.MAX_VALUE ? "" : ", at most " + plain(most);
    return ValueType.single(
        "X",
        "a number above 0" + upTo,
        text -> within(Double.parseDouble(text), Double.MIN_VALUE, most));
  }

  private static double within(double value, double least, double most) {
    require(value >= least && value <= most); // false for NaN
    return value;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  /** Bytes: {@code 1073741824}, {@code 512m}, {@code 2GiB}; units are powers of 1024. */
  static ValueType<Long> bytes() {
    return ValueType.single("SIZE", "a size such as 512m or 2g", ValueTypes::parseBytes);
  }

  private static long parseBytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    require(size.matches());
    int power = size.group(2).isEmpty() ? 0 : "kmgt".indexOf(size.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ValueType<String> choice(List<String> names) {
    String all = String.join(", ", names);
    return ValueType.single(
        String.join("|", names),
        "one of " + all,
        text -> {
          if (!names.contains(text)) {
            throw new IllegalArgumentException(NearestName.hint(text, names));
          }
          return text;
        });
  }

  /** Names separated by commas; may be repeated. */
  static ValueType<List<String>> names(String label) {
    return new ValueType<>(label, "names separated by commas", true, ValueTypes::split);
  }

  /** Whole numbers separated by commas; may be repeated. */
  static ValueType<List<Integer>> integers() {
    return new ValueType<>(
        "N,…",
        "whole numbers separated by commas",
        true,
        texts -> split(texts).stream().map(Integer::valueOf).toList());
  }

  private static List<String> split(List<String> texts) {
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      for (String name : text.split(",", -1)) {
        require(!name.isBlank());
        names.add(name.strip());
      }
    }
    return List.copyOf(names);
  }

  /** Each time one text, or a JSON array of texts; escapes as {@link #escapedText}. */
  static ValueType<List<String>> texts(String label) {
    return new ValueType<>(
        label,
        "a text, or a JSON array of texts",
        true,
        given -> {
          List<String> texts = new ArrayList<>();
          for (String text : given) {
            texts.addAll(isJson(text) ? jsonTexts(text) : List.of(unescape(text)));
          }
          return List.copyOf(texts);
        });
  }

  /**
   * Texts separated by commas, or a JSON array of texts; blanks are kept, because {@code " A"} and
   * {@code "A"} are different tokens.
   */
  static ValueType<List<String>> commaTexts(String label) {
    return new ValueType<>(
        label,
        "texts separated by commas, or a JSON array of texts",
        true,
        given -> {
          List<String> texts = new ArrayList<>();
          for (String text : given) {
            texts.addAll(isJson(text) ? jsonTexts(text) : List.of(unescape(text).split(",", -1)));
          }
          return List.copyOf(texts);
        });
  }

  /** {@code [INST]} is a text. */
  private static boolean isJson(String text) {
    return text.startsWith("[\"") || text.equals("[]");
  }

  private static List<String> jsonTexts(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** {@code key=value}, or a JSON object; may be repeated. */
  static ValueType<Map<String, String>> pairs(String label) {
    return new ValueType<>(
        label,
        "key=value, or a JSON object",
        true,
        given -> {
          Map<String, String> pairs = new LinkedHashMap<>();
          for (String text : given) {
            pairs.putAll(text.startsWith("{") ? jsonPairs(text) : pair(text));
          }
          return Map.copyOf(pairs);
        });
  }

  private static Map<String, String> pair(String text) {
    int equals = text.indexOf('=');
    require(equals > 0);
    return Map.of(text.substring(0, equals), unescape(text.substring(equals + 1)));
  }

  private static Map<String, String> jsonPairs(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Other backslashes stay, so that {@code \frac} is what it looks like. */
  static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
      if (c == '\\' && (next == 'n' || next == 't' || next == '\\')) {
        out.append(next == 'n' ? '\n' : next == 't' ? '\t' : '\\');
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
