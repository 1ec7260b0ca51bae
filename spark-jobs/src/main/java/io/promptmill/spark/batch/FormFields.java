package io.promptmill.spark.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form that completions have: OpenAI's {@code response_format}, and vLLM's fields. */
final class FormFields {
  /** Schemas go on inside parameters, where they must not be deeper than JSON may be. */
  private static final int MOST_NESTED = 500;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build())
              .build());

  private FormFields() {}

  /** Adds the form to the parameters, if there is one. */
  static void read(BodyFields body, ObjectNode parameters) {
    body.take("response_format", "an object", JsonNode::isObject)
        .ifPresent(format -> responseFormat(body, format, parameters));
    body.take("guided_json")
        .ifPresent(schema -> schema(body.param("guided_json"), schema, parameters));
    body.take("guided_regex", "a string", JsonNode::isTextual)
        .ifPresent(regex -> form(body.param("guided_regex"), "regex", regex, parameters));
    body.take("guided_choice", "an array of strings", FormFields::isTexts)
        .ifPresent(choice -> form(body.param("guided_choice"), "choice", choice, parameters));
    body.take("structured_outputs", "an object", JsonNode::isObject)
        .ifPresent(given -> structured(new BodyFields(given, "structured_outputs."), parameters));
    if (!parameters.path("stop").isEmpty()
        && (parameters.has("json_schema") || parameters.has("regex") || parameters.has("choice"))) {
      throw RequestRefused.unsupported("stop", " with a form of the answer, which it would cut");
    }
  }

  private static void responseFormat(BodyFields body, JsonNode format, ObjectNode parameters) {
    String param = body.param("response_format");
    switch (format.path("type").asText()) {
      case "text" -> {}
      case "json_schema" -> {
        JsonNode schema = format.path("json_schema").path("schema");
        if (schema.isMissingNode()) {
          throw RequestRefused.missing(param + ".json_schema.schema");
        }
        schema(param, schema, parameters);
      }
      default ->
          throw RequestRefused.value(
              param + ".type",
              "'text' or 'json_schema', which says what JSON there is to be",
              format.path("type"));
    }
  }

  private static void structured(BodyFields given, ObjectNode parameters) {
    given.take("json").ifPresent(schema -> schema(given.param("json"), schema, parameters));
    given
        .take("regex", "a string", JsonNode::isTextual)
        .ifPresent(regex -> form(given.param("regex"), "regex", regex, parameters));
    given
        .take("choice", "an array of strings", FormFields::isTexts)
        .ifPresent(choice -> form(given.param("choice"), "choice", choice, parameters));
    given.requireNoOthers();
  }

  /** A schema as an object, or as its text. */
  private static void schema(String param, JsonNode given, ObjectNode parameters) {
    JsonNode schema = given;
    if (given.isTextual()) {
      try {
        schema = JSON.readTree(given.textValue());
      } catch (JsonProcessingException e) {
        throw RequestRefused.value(param, "a JSON schema", e.getOriginalMessage());
      }
    }
    if (!schema.isObject()) {
      throw RequestRefused.type(param, "a JSON schema", BodyFields.found(schema));
    }
    form(param, "json_schema", schema, parameters);
  }

  private static void form(String param, String name, JsonNode value, ObjectNode parameters) {
    for (String other : new String[] {"json_schema", "regex", "choice"}) {
      if (parameters.has(other)) {
        throw RequestRefused.unsupported(param, " beside another form of the answer");
      }
    }
    parameters.set(name, value);
  }

  private static boolean isTexts(JsonNode value) {
    boolean texts = value.isArray() && !value.isEmpty();
    for (JsonNode each : value) {
      texts &= each.isTextual();
    }
    return texts;
  }
}
