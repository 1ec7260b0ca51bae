package io.promptmill.spark.eval.prompt;

import io.promptmill.spark.eval.PromptText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a context.
 *
 * @param delimiter follows the content in plain text, not in a conversation
 */
record Message(String role, String content, String delimiter) {

  static final String SYSTEM = "system";
  static final String USER = "user";
  static final String ASSISTANT = "assistant";

  private static String plain(List<Message> messages) {
    return messages.stream()
        .map(message -> message.content + message.delimiter)
        .collect(Collectors.joining());
  }

  static PromptText plainText(List<Message> messages) {
    return new PromptText.Plain(plain(messages));
  }

  static PromptText turns(List<Message> messages) {
    return new PromptText.Conversation(
        messages.stream()
            .map(message -> new PromptText.Turn(message.role, message.content))
            .toList());
  }

  /** One turn of the user for everything, after the system's. The last message is the user's. */
  static PromptText oneTurn(List<Message> messages) {
    boolean system = messages.get(0).role.equals(SYSTEM);
    int last = messages.size() - 1;
    String text = plain(messages.subList(system ? 1 : 0, last)) + messages.get(last).content;
    PromptText.Turn user = new PromptText.Turn(USER, text);
    return new PromptText.Conversation(
        system
            ? List.of(new PromptText.Turn(SYSTEM, messages.get(0).content), user)
            : List.of(user));
  }
}
