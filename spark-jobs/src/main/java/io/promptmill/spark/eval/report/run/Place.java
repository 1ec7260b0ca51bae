package io.promptmill.spark.eval.report.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/**
 * A place in a file, so that what is wrong there is said with its name.
 *
 * @param line from 1; 0 for a whole file
 */
record Place(String file, int line) {
  private static final int SHOWN = 80;

  /** Python writes NaN and Infinity. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Reads one JSON object. */
  JsonNode object(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          this + ": expected a JSON object, found: " + e.getOriginalMessage(),
          e);
    }
    return require(node, node.isObject(), "a JSON object");
  }

  JsonNode objectAt(JsonNode parent, String field) {
    return require(parent.path(field), parent.path(field).isObject(), "an object '" + field + "'");
  }

  JsonNode arrayAt(JsonNode parent, String field) {
    return require(parent.path(field), parent.path(field).isArray(), "an array '" + field + "'");
  }

  String textAt(JsonNode parent, String field) {
    return require(parent.path(field), parent.path(field).isTextual(), "a text '" + field + "'")
        .textValue();
  }

  int countAt(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    return require(value, isCount(value), "a count '" + field + "'").intValue();
  }

  private static boolean isCount(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
  }

  /** A number, also as the text that Python's {@code str} makes of it. */
  double number(JsonNode value, String what) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    String text = value.isTextual() ? value.textValue() : "";
    try {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw expected("a number as " + what, value, e);
    }
  }

  private JsonNode require(JsonNode value, boolean holds, String what) {
    if (!holds) {
      throw expected(what, value, null);
    }
    return value;
  }

  PromptmillException expected(String what, JsonNode found, Throwable cause) {
    String shown = found.isMissingNode() ? "nothing" : found.toString();
    String cut = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
    return expected(what, cut, cause);
  }

  PromptmillException expected(String what, String found, Throwable cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "%s: expected %s, found %s".formatted(this, what, found), cause);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
