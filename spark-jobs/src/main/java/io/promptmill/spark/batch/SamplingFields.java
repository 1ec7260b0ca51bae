package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How completions are drawn: what both kinds of completions have in their bodies. */
final class SamplingFields {
  private static final int MOST_CHOICES = 128;
  private static final double OPENAI_TEMPERATURE = 1;

  private SamplingFields() {}

  /** The fields as the model's parameters: only those that are given, and the temperature. */
  static ObjectNode read(BodyFields body) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("temperature", body.number("temperature", 0, 2).orElse(OPENAI_TEMPERATURE));
    body.positive("top_p", 1).ifPresent(p -> parameters.put("top_p", p));
    body.number("presence_penalty", -2, 2)
        .ifPresent(penalty -> parameters.put("presence_penalty", penalty));
    body.number("frequency_penalty", -2, 2)
        .ifPresent(penalty -> parameters.put("frequency_penalty", penalty));
    body.integer("n", 1, MOST_CHOICES).ifPresent(n -> parameters.put("n", n));
    seed(body).ifPresent(seed -> parameters.set("seed", seed));
    stop(body).ifPresent(stop -> parameters.set("stop", stop));
    vllm(body, parameters);
    FormFields.read(body, parameters);
    return parameters;
  }

  private static Optional<JsonNode> seed(BodyFields body) {
    Optional<JsonNode> seed = body.take("seed", "an integer", JsonNode::isIntegralNumber);
    if (seed.isPresent() && !seed.get().canConvertToLong()) {
      throw RequestRefused.value(body.param("seed"), "an integer of 64 bits", seed.get());
    }
    return seed;
  }

  private static Optional<ArrayNode> stop(BodyFields body) {
    return body.take("stop")
        .map(
            given -> {
              ArrayNode texts = JsonNodeFactory.instance.arrayNode();
              if (given.isArray()) {
                given.forEach(texts::add);
              } else {
                texts.add(given);
              }
              for (JsonNode text : texts) {
                if (!text.isTextual() || text.textValue().isEmpty()) {
                  throw RequestRefused.type(
                      body.param("stop"), "a string or an array of strings, none empty", given);
                }
              }
              return texts;
            });
  }

  /** What vLLM takes beyond OpenAI. */
  private static void vllm(BodyFields body, ObjectNode parameters) {
    // -1 is vLLM's older way to say that all tokens are kept
    body.integer("top_k", -1, Integer.MAX_VALUE)
        .ifPresent(k -> parameters.put("top_k", Math.max(0, k)));
    body.number("min_p", 0, 1).ifPresent(p -> parameters.put("min_p", p));
    body.positive("repetition_penalty", Integer.MAX_VALUE)
        .ifPresent(penalty -> parameters.put("repetition_penalty", penalty));
    body.integer("min_tokens", 0, Integer.MAX_VALUE)
        .ifPresent(least -> parameters.put("min_tokens", least));
    body.take("ignore_eos", "true or false", JsonNode::isBoolean)
        .ifPresent(ignore -> parameters.set("ignore_eos", ignore));
    body.take("stop_token_ids", "an array of integers", JsonNode::isArray)
        .ifPresent(
            ids -> {
              for (JsonNode id : ids) {
                if (!id.isInt() || id.intValue() < 0) {
                  throw RequestRefused.value(body.param("stop_token_ids"), "token ids from 0", id);
                }
              }
              parameters.set("stop_token_ids", ids);
            });
  }
}
