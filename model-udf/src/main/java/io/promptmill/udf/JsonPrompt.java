package io.promptmill.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import java.util.List;
import java.util.stream.StreamSupport;

/** A value of {@link PromptSource.Json}. */
sealed interface JsonPrompt {

  /** A text or token ids. */
  record Ready(Prompt prompt) implements JsonPrompt {}

  /** Turns for the chat template; at least one. */
  record Conversation(List<ChatMessage> turns) implements JsonPrompt {}

  /**
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} that names the column if the
   *     text is not JSON, or of none of the kinds
   */
  static JsonPrompt parse(String json, String column) {
    JsonNode value;
    try {
      value = MessagesJson.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw MessagesColumn.invalid(column, "a prompt as JSON", e.getOriginalMessage());
    }
    if (value.isTextual()) {
      return new Ready(new Prompt.Raw(value.textValue()));
    }
    if (!value.isArray() || value.isEmpty()) {
      throw MessagesColumn.invalid(
          column,
          "a text, messages or token ids",
          value.isArray() ? "an empty array" : "JSON " + value.getNodeType());
    }
    if (StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isInt)) {
      int[] ids =
          StreamSupport.stream(value.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
      return new Ready(new Prompt.Tokens(ids));
    }
    return new Conversation(MessagesJson.of(value, column));
  }
}
