package io.promptmill.udf;

import io.promptmill.text.ChatMessage;
import java.util.List;

/** What stands between an instruction and its answer, so that answers are scored as they come. */
final class AnswerStart {
  private static final String SAMPLE = "a";

  private AnswerStart() {}

  /**
   * White space that the chat template puts before the assistant's words (a blank in DeepSeek's);
   * without a chat template a line feed.
   */
  static String of(OpenModel model) {
    if (model.chat().isEmpty()) {
      return "\n";
    }
    ChatMessage asked = new ChatMessage("user", SAMPLE);
    String before = text(model, List.of(asked), true);
    String answered = text(model, List.of(asked, new ChatMessage("assistant", SAMPLE)), false);
    if (!answered.startsWith(before)) {
      return "";
    }
    String rest = answered.substring(before.length());
    return rest.substring(0, rest.length() - rest.stripLeading().length());
  }

  private static String text(OpenModel model, List<ChatMessage> turns, boolean generationPrompt) {
    int[] tokens = model.chat().orElseThrow().encode(turns, generationPrompt);
    return PromptText.of(new Prompt.Tokens(tokens), model.tokenizer()).text();
  }
}
