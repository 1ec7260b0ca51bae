package io.promptmill.spark.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** The forms of answers that {@code ai_query} takes. */
final class ResponseFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResponseFormat() {}

  /** The JSON of a type; any text for a text. */
  static OutputConstraint of(DataType type) {
    return type instanceof StringType
        ? OutputConstraint.NONE
        : new OutputConstraint.JsonSchema(JsonSchemas.of(type));
  }

  /**
   * @param format {@code text}, a type's DDL, or {@code {"type": "json_schema", "json_schema":
   *     {"schema": ...}}}
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it is none of them
   */
  static OutputConstraint of(String format) {
    String text = format.strip();
    if (text.startsWith("{")) {
      return ofJson(text);
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("struct<")) {
      return of(DataType.fromDDL(text));
    }
    return ofName(text);
  }

  private static OutputConstraint ofJson(String text) {
    JsonNode format;
    try {
      format = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "responseFormat: " + e.getOriginalMessage(), e);
    }
    if (!format.path("type").asText().equals("json_schema")) {
      return ofName(format.path("type").asText());
    }
    JsonNode schema = format.path("json_schema").path("schema");
    if (!schema.isObject()) {
      throw invalid("an object at json_schema.schema", format.toString());
    }
    return new OutputConstraint.JsonSchema(schema.toString());
  }

  private static OutputConstraint ofName(String name) {
    if (name.equals("text")) {
      return OutputConstraint.NONE;
    }
    throw invalid("'text', 'STRUCT<...>' or a json_schema", "'" + name + "'");
  }

  private static PromptmillException invalid(String expected, String found) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "responseFormat: expected " + expected + ", found " + found);
  }
}
