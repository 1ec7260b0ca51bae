package io.promptmill.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/** A conversation as JSON text: {@code [{"role": "user", "content": "…"}, …]}. */
final class MessagesJson {

  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private MessagesJson() {}

  /**
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} that names the column if the
   *     text is not a JSON array of messages
   */
  static List<ChatMessage> parse(String json, String column) {
    JsonNode array;
    try {
      array = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID,
          "column '"
              + column
              + "': expected a JSON array of messages, found malformed JSON: "
              + e.getOriginalMessage(),
          e);
    }
    if (!array.isArray()) {
      throw MessagesColumn.invalid(
          column, "a JSON array of messages", "JSON " + array.getNodeType());
    }
    return of(array, column);
  }

  /**
   * @param array a JSON array
   * @throws PromptmillException as {@link #parse}
   */
  static List<ChatMessage> of(JsonNode array, String column) {
    List<ChatMessage> turns = new ArrayList<>(array.size());
    for (JsonNode message : array) {
      String role = message.path("role").textValue();
      String content = message.path("content").textValue();
      turns.add(MessagesColumn.message(column, turns.size(), role, content));
    }
    return turns;
  }
}
