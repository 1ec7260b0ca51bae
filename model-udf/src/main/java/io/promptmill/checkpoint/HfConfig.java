package io.promptmill.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Typed reads of a JSON object such as {@code config.json}. A JSON {@code null} counts as absent,
 * as published files use both. Types are not converted: {@code "2048"} is not an integer, and
 * neither is {@code 2048.0}.
 *
 * <p>Every read throws {@link PromptmillException} with {@link ErrorCode#CHECKPOINT_INVALID} that
 * names file and key if the value has the wrong type. {@code string}, {@code integer}, {@code
 * number}, {@code bool} and {@code object} throw it also if the key is absent.
 */
public final class HfConfig {
  static final String CONFIG = "config.json";
  static final String GENERATION_CONFIG = "generation_config.json";

  private final ObjectNode node;
  private final String origin;
  private final String prefix;

  private HfConfig(ObjectNode node, String origin, String prefix) {
    this.node = node;
    this.origin = origin;
    this.prefix = prefix;
  }

  /**
   * @param origin names the file in errors
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if the text is not one
   *     JSON object or repeats a key
   */
  public static HfConfig parse(String json, String origin) {
    return new HfConfig(StrictJson.object(json, origin), origin, "");
  }

  /** The file that errors name. */
  public String origin() {
    return origin;
  }

  /** Whether the key has a value other than JSON {@code null}. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public String string(String key) {
    return required(key, "a string", optionalString(key));
  }

  public Optional<String> optionalString(String key) {
    return value(key, "a string", JsonNode::isTextual, JsonNode::textValue);
  }

  public int integer(String key) {
    return required(key, "an integer", boxedInteger(key));
  }

  public OptionalInt optionalInteger(String key) {
    Optional<Integer> value = boxedInteger(key);
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  private Optional<Integer> boxedInteger(String key) {
    return value(key, "an integer of 32 bits", HfConfig::isInt, JsonNode::intValue);
  }

  /** An integer or a fraction, finite. */
  public double number(String key) {
    return required(key, "a number", boxedNumber(key));
  }

  public OptionalDouble optionalNumber(String key) {
    Optional<Double> value = boxedNumber(key);
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private Optional<Double> boxedNumber(String key) {
    return value(
        key,
        "a finite number",
        n -> n.isNumber() && Double.isFinite(n.doubleValue()),
        JsonNode::doubleValue);
  }

  public boolean bool(String key) {
    return required(key, "true or false", optionalBool(key));
  }

  public Optional<Boolean> optionalBool(String key) {
    return value(key, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
  }

  public HfConfig object(String key) {
    return required(key, "an object", optionalObject(key));
  }

  public Optional<HfConfig> optionalObject(String key) {
    return value(
        key,
        "an object",
        JsonNode::isObject,
        n -> new HfConfig((ObjectNode) n, origin, prefix + key + "."));
  }

  /** An array of integers, or a single integer as an array of one; empty if absent. */
  public int[] integers(String key) {
    return value(
            key,
            "an integer or an array of integers of 32 bits",
            n -> isInt(n) || isArrayOf(n, HfConfig::isInt),
            n -> elements(n).stream().mapToInt(JsonNode::intValue).toArray())
        .orElseGet(() -> new int[0]);
  }

  /** An array of strings, or a single string as an array of one; empty if absent. */
  public List<String> strings(String key) {
    return value(
            key,
            "a string or an array of strings",
            n -> n.isTextual() || isArrayOf(n, JsonNode::isTextual),
            n -> elements(n).stream().map(JsonNode::textValue).toList())
        .orElseGet(List::of);
  }

  /** A copy with the key set to an integer. */
  public HfConfig with(String key, int value) {
    return new HfConfig(node.deepCopy().put(key, value), origin, prefix);
  }

  /** The object as indented JSON. */
  public String toJson() {
    return node.toPrettyString();
  }

  private <T> Optional<T> value(
      String key, String expected, Predicate<JsonNode> check, Function<JsonNode, T> read) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = node.get(key);
    if (!check.test(value)) {
      throw wrong(key, expected, abbreviate(value.toString()));
    }
    return Optional.of(read.apply(value));
  }

  private <T> T required(String key, String expected, Optional<T> value) {
    return value.orElseThrow(() -> wrong(key, expected, node.has(key) ? "null" : "no such field"));
  }

  private PromptmillException wrong(String key, String expected, String found) {
    return new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID,
        origin + ": field " + prefix + key + ": expected " + expected + ", found " + found);
  }

  private static boolean isInt(JsonNode n) {
    return n.isIntegralNumber() && n.canConvertToInt();
  }

  private static boolean isArrayOf(JsonNode n, Predicate<JsonNode> check) {
    return n.isArray() && elements(n).stream().allMatch(check);
  }

  private static List<JsonNode> elements(JsonNode n) {
    List<JsonNode> elements = new ArrayList<>();
    if (n.isArray()) {
      n.forEach(elements::add);
    } else {
      elements.add(n);
    }
    return elements;
  }

  private static String abbreviate(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }
}
