package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The body of a chat completion. */
final class ChatBody {
  private static final int MOST_ALTERNATIVES = 20;

  /** Newer than what chat templates know; OpenAI's successor of the other. */
  private static final String DEVELOPER = "developer";

  private static final Set<String> ROLES = Set.of("system", DEVELOPER, "user", "assistant");

  private ChatBody() {}

  static BatchRequest read(BodyFields body, String model, PartSettings settings) {
    ArrayNode messages = messages(body.require("messages"), body.param("messages"));
    ObjectNode parameters = SamplingFields.read(body);
    OptionalInt older = body.integer("max_tokens", 1, Integer.MAX_VALUE);
    OptionalInt newer = body.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
    OptionalInt given = newer.isPresent() ? newer : older;
    // Without any, the completion may take what the prompt leaves of the context.
    parameters.put("max_tokens", given.orElse(settings.maxTokens(Integer.MAX_VALUE)));
    boolean logprobs = body.flag("logprobs");
    OptionalInt alternatives = body.integer("top_logprobs", 0, MOST_ALTERNATIVES);
    if (alternatives.isPresent() && !logprobs) {
      throw RequestRefused.value(body.param("top_logprobs"), "logprobs: true with it", "no such");
    }
    if (logprobs) {
      parameters.put("logprobs", alternatives.orElse(0));
    }
    body.ignore(BodyRules.IGNORED);
    body.requireNeutral(BodyRules.CHAT);
    body.requireNoOthers();
    return new BatchRequest(
        Endpoint.CHAT,
        model,
        parameters.path("n").asInt(1),
        logprobs,
        false,
        settings.parts(List.of(messages), parameters));
  }

  private static ArrayNode messages(JsonNode given, String param) {
    if (!given.isArray() || given.isEmpty()) {
      throw RequestRefused.type(param, "a non-empty array of messages", BodyFields.found(given));
    }
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < given.size(); i++) {
      String place = param + "[" + i + "]";
      if (!given.get(i).isObject()) {
        throw RequestRefused.type(place, "an object", BodyFields.found(given.get(i)));
      }
      messages.add(message(new BodyFields(given.get(i), place + ".")));
    }
    return messages;
  }

  private static ObjectNode message(BodyFields message) {
    String role =
        message.text("role").orElseThrow(() -> RequestRefused.missing(message.param("role")));
    if (!ROLES.contains(role)) {
      throw RequestRefused.value(
          message.param("role"), "'system', 'developer', 'user' or 'assistant'", "'" + role + "'");
    }
    message.ignore(Set.of("name")); // no chat template of the family shows it to the model
    String content = content(message);
    message.requireNoOthers();
    return JsonNodeFactory.instance
        .objectNode()
        .put("role", role.equals(DEVELOPER) ? "system" : role)
        .put("content", content);
  }

  private static String content(BodyFields message) {
    JsonNode content = message.require("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    String param = message.param("content");
    if (!content.isArray() || content.isEmpty()) {
      throw RequestRefused.type(param, "a string or an array of parts", BodyFields.found(content));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      String place = param + "[" + i + "]";
      if (!part.path("type").asText().equals("text")) {
        throw RequestRefused.value(
            place + ".type", "'text', as the model reads nothing else", part.path("type"));
      }
      if (!part.path("text").isTextual()) {
        throw RequestRefused.missing(place + ".text");
      }
      texts.add(part.get("text").textValue());
    }
    return String.join("\n", texts);
  }
}
