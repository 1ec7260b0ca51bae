package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/** The body of a completion. */
final class CompletionBody {
  private static final int OPENAI_MAX_TOKENS = 16;
  private static final int MOST_ALTERNATIVES = 20;

  private CompletionBody() {}

  static BatchRequest read(BodyFields body, String model, PartSettings settings) {
    List<JsonNode> prompts = TextOrTokens.read(body, "prompt");
    ObjectNode parameters = SamplingFields.read(body);
    parameters.put(
        "max_tokens",
        body.integer("max_tokens", 1, Integer.MAX_VALUE)
            .orElse(settings.maxTokens(OPENAI_MAX_TOKENS)));
    OptionalInt logprobs = body.integer("logprobs", 0, MOST_ALTERNATIVES);
    logprobs.ifPresent(alternatives -> parameters.put("logprobs", alternatives));
    body.ignore(BodyRules.IGNORED);
    body.requireNeutral(BodyRules.COMPLETION);
    body.requireNoOthers();
    return new BatchRequest(
        Endpoint.COMPLETIONS,
        model,
        parameters.path("n").asInt(1),
        logprobs.isPresent(),
        false,
        settings.parts(prompts, parameters));
  }
}
