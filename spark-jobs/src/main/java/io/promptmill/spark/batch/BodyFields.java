package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/** Typed reads of a JSON object's fields; null is as if a field were absent. */
final class BodyFields {
  private final JsonNode object;
  private final String path;
  private final Set<String> unread = new TreeSet<>();

  /**
   * @param path of the object in the body, as {@code messages[0].}; empty for the body itself
   */
  BodyFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
    object.forEachEntry(
        (name, value) -> {
          if (!value.isNull()) {
            unread.add(name);
          }
        });
  }

  /** The field's name as errors have it. */
  String param(String name) {
    return path + name;
  }

  Optional<JsonNode> take(String name) {
    return unread.remove(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  JsonNode require(String name) {
    return take(name).orElseThrow(() -> RequestRefused.missing(param(name)));
  }

  Optional<String> text(String name) {
    return take(name, "a string", JsonNode::isTextual).map(JsonNode::textValue);
  }

  boolean flag(String name) {
    return take(name, "true or false", JsonNode::isBoolean)
        .map(JsonNode::booleanValue)
        .orElse(false);
  }

  /** A whole number within the bounds, both included. */
  OptionalInt integer(String name, int least, int most) {
    Optional<JsonNode> given = take(name, "an integer", JsonNode::isIntegralNumber);
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode value = given.get();
    if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
      String bounds = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw RequestRefused.value(param(name), bounds, value);
    }
    return OptionalInt.of(value.intValue());
  }

  /** A number within the bounds, both included. */
  OptionalDouble number(String name, double least, double most) {
    return number(name, value -> value >= least && value <= most, least + " to " + most);
  }

  /** A number above 0 and up to a bound, which is included. */
  OptionalDouble positive(String name, int most) {
    String bounds = "above 0 and at most " + most;
    return number(name, value -> value > 0 && value <= most, bounds);
  }

  private OptionalDouble number(String name, DoublePredicate is, String bounds) {
    Optional<JsonNode> given = take(name, "a number", JsonNode::isNumber);
    if (given.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = given.get().doubleValue();
    if (!is.test(value)) {
      throw RequestRefused.value(param(name), bounds, given.get());
    }
    return OptionalDouble.of(value);
  }

  Optional<JsonNode> take(String name, String expected, Predicate<JsonNode> is) {
    Optional<JsonNode> given = take(name);
    if (given.isPresent() && !is.test(given.get())) {
      throw RequestRefused.type(param(name), expected, found(given.get()));
    }
    return given;
  }

  /** Lets fields pass that say nothing about the answer. */
  void ignore(Set<String> names) {
    unread.removeAll(names);
  }

  /** Lets fields pass whose value changes nothing, and refuses them with any other. */
  void requireNeutral(Map<String, Predicate<JsonNode>> neutral) {
    for (String name : Set.copyOf(unread)) {
      if (neutral.containsKey(name)) {
        JsonNode value = take(name).orElseThrow();
        if (!neutral.get(name).test(value)) {
          throw RequestRefused.unsupported(param(name), ", found " + found(value));
        }
      }
    }
  }

  void requireNoOthers() {
    for (String name : unread) {
      throw new RequestRefused(
          Refusal.OfRequest.invalid(
              "unknown_parameter", param(name), "Unknown parameter: '" + param(name) + "'."));
    }
  }

  /** A value as errors show it, long ones by their kind. */
  static String found(JsonNode value) {
    return value.isContainerNode()
        ? "an " + value.getNodeType().name().toLowerCase(Locale.ROOT)
        : value.toString();
  }
}
