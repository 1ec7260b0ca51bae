package io.promptmill.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A row's own parameters: a JSON object with fields of {@link SamplingParams} in snake case, {@code
 * stop}, and one of {@code json_schema} (an object), {@code regex} and {@code choice}. What it does
 * not name, or sets to null, is as for all rows.
 */
final class ParametersJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode fields;
  private final Set<String> unread;

  private ParametersJson(JsonNode fields) {
    this.fields = fields;
    this.unread = new TreeSet<>();
    fields.fieldNames().forEachRemaining(unread::add);
  }

  /**
   * @param rest what the object does not say
   * @throws PromptmillException with {@link ErrorCode#REQUEST_INVALID} that names the field, what
   *     was expected and what was found
   */
  static RowParameters parse(String json, RowParameters rest) {
    JsonNode object;
    try {
      object = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw invalid("parameters: expected a JSON object, found: " + e.getOriginalMessage());
    }
    if (!object.isObject()) {
      throw invalid("parameters: expected a JSON object, found " + object.getNodeType());
    }
    ParametersJson given = new ParametersJson(object);
    RowParameters parameters = given.over(rest);
    if (!given.unread.isEmpty()) {
      throw invalid("parameters: unknown names " + String.join(", ", given.unread));
    }
    return parameters;
  }

  private RowParameters over(RowParameters rest) {
    SamplingParams all = rest.sampling();
    SamplingParams own =
        new SamplingParams(
            integer("max_tokens", all.maxTokens()),
            integer("min_tokens", all.minTokens()),
            number("temperature", all.temperature()),
            integer("top_k", all.topK()),
            number("top_p", all.topP()),
            number("min_p", all.minP()),
            number("repetition_penalty", all.repetitionPenalty()),
            number("presence_penalty", all.presencePenalty()),
            number("frequency_penalty", all.frequencyPenalty()),
            list("stop_token_ids", JsonNode::isInt, JsonNode::intValue, all.stopTokenIds()),
            read("ignore_eos", "true or false", JsonNode::isBoolean, JsonNode::booleanValue)
                .orElse(all.ignoreEos()),
            integer("n", all.n()),
            integer("logprobs", all.logprobs()),
            read("seed", "a whole number", ParametersJson::isLong, JsonNode::longValue)
                .orElse(all.seed()));
    return new RowParameters(own, texts("stop", rest.stop()), constraint(rest.constraint()));
  }

  private OutputConstraint constraint(OutputConstraint ofAll) {
    List<OutputConstraint> given = new ArrayList<>();
    read("json_schema", "an object", JsonNode::isObject, JsonNode::toString)
        .ifPresent(schema -> given.add(new OutputConstraint.JsonSchema(schema)));
    read("regex", "a text", JsonNode::isTextual, JsonNode::textValue)
        .ifPresent(pattern -> given.add(new OutputConstraint.Regex(pattern)));
    List<String> choice = texts("choice", List.of());
    if (!choice.isEmpty()) {
      given.add(new OutputConstraint.Choice(choice));
    }
    if (given.size() > 1) {
      throw invalid("expected one of json_schema, regex and choice, found " + given.size());
    }
    return given.isEmpty() ? ofAll : given.get(0);
  }

  private int integer(String name, int otherwise) {
    return read(name, "a whole number", JsonNode::isInt, JsonNode::intValue).orElse(otherwise);
  }

  private double number(String name, double otherwise) {
    return read(name, "a number", JsonNode::isNumber, JsonNode::doubleValue).orElse(otherwise);
  }

  private List<String> texts(String name, List<String> otherwise) {
    return list(name, JsonNode::isTextual, JsonNode::textValue, otherwise);
  }

  private <T> List<T> list(
      String name, Predicate<JsonNode> is, Function<JsonNode, T> value, List<T> otherwise) {
    return read(name, "an array", JsonNode::isArray, Function.identity())
        .map(
            array -> {
              List<T> values = new ArrayList<>(array.size());
              for (JsonNode element : array) {
                if (!is.test(element)) {
                  throw invalid(name + ": found " + element + " among its values");
                }
                values.add(value.apply(element));
              }
              return values;
            })
        .orElse(otherwise);
  }

  private <T> Optional<T> read(
      String name, String expected, Predicate<JsonNode> is, Function<JsonNode, T> value) {
    unread.remove(name);
    JsonNode given = fields.path(name);
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    if (!is.test(given)) {
      throw invalid(name + ": expected " + expected + ", found " + given);
    }
    return Optional.of(value.apply(given));
  }

  private static boolean isLong(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.REQUEST_INVALID, message);
  }
}
