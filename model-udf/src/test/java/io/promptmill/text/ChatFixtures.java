package io.promptmill.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Conversations and templates under {@code src/test/resources/text/chat}. */
final class ChatFixtures {

  static final List<String> TEMPLATES =
      List.of(
          "chatml.jinja",
          "deepseek-v2.jinja",
          "header-ids.jinja",
          "inst.jinja",
          "language.jinja",
          "macro.jinja",
          "reasoning.jinja",
          "role-in-bars.jinja",
          "role-tokens.jinja",
          "turns.jinja",
          "whitespace.jinja");

  private static final String CONFIG =
      "{\"bos_token\": \"%s\", \"eos_token\": {\"content\": \"%s\"}}"
          .formatted(TextFixtures.BOS, TextFixtures.EOS);

  private static final JsonNode CONVERSATIONS =
      TextFixtures.parse(TextFixtures.read("chat/conversations.json"));

  private ChatFixtures() {}

  static ChatTemplate template(String name) {
    return templateOf(TextFixtures.read("chat/templates/" + name), name);
  }

  static ChatTemplate templateOf(String source, String name) {
    return ChatTemplate.of(source, CONFIG, name);
  }

  static List<ChatMessage> conversation(String name) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : CONVERSATIONS.get(name)) {
      messages.add(
          new ChatMessage(message.get("role").textValue(), message.get("content").textValue()));
    }
    return messages;
  }

  /** A turn of the user, one of the assistant, and so on. */
  static List<ChatMessage> turns(String... contents) {
    List<ChatMessage> messages = new ArrayList<>();
    for (String content : contents) {
      messages.add(new ChatMessage(messages.size() % 2 == 0 ? "user" : "assistant", content));
    }
    return messages;
  }
}
