package io.promptmill.spark.conf;

import java.util.List;
import java.util.function.Function;

/**
 * How the text of an option becomes a value.
 *
 * @param label what the help shows after the option's name; empty for a switch
 * @param expected what a value must be, for errors
 * @param repeatable whether the option may be given several times
 * @param parser from the texts given, one for each time, to the value; an {@link
 *     IllegalArgumentException} means that they are not {@code expected}
 */
public record ValueType<T>(
    String label, String expected, boolean repeatable, Function<List<String>, T> parser) {

  static <T> ValueType<T> single(String label, String expected, Function<String, T> parser) {
    return new ValueType<>(
        label, expected, false, texts -> parser.apply(texts.get(texts.size() - 1)));
  }

  boolean isSwitch() {
    return label.isEmpty();
  }
}
