package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * A column of conversations. Fields of a message besides {@code role} and {@code content} are left
 * alone.
 */
@FunctionalInterface
interface MessagesColumn {

  /**
   * The conversation of a row, at least one message.
   *
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} if it is null, empty or
   *     malformed
   */
  List<ChatMessage> at(int row);

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the column is neither text
   *     nor an array of structs with text fields {@code role} and {@code content}
   */
  static MessagesColumn of(FieldVector vector, String column) {
    if (!ColumnText.isText(vector)) {
      return ofStructs(vector, column);
    }
    ColumnText json = ColumnText.of(vector, column, ErrorCode.PROMPT_INVALID);
    return row -> {
      String text = json.at(row);
      if (text == null) {
        throw invalid(column, "a JSON array of messages", "null");
      }
      return nonEmpty(column, MessagesJson.parse(text, column));
    };
  }

  private static MessagesColumn ofStructs(FieldVector vector, String column) {
    if (!(vector instanceof BaseListVector lists)
        || !(vector.getChildrenFromFields().get(0) instanceof StructVector messages)) {
      throw unsupported(vector);
    }
    ColumnText roles = text(messages.getChild("role"), vector, column);
    ColumnText contents = text(messages.getChild("content"), vector, column);
    return row -> {
      if (lists.isNull(row)) {
        throw invalid(column, "an array of messages", "null");
      }
      List<ChatMessage> turns = new ArrayList<>();
      for (int at = lists.getElementStartIndex(row); at < lists.getElementEndIndex(row); at++) {
        String role = messages.isNull(at) ? null : roles.at(at);
        String content = messages.isNull(at) ? null : contents.at(at);
        turns.add(message(column, turns.size(), role, content));
      }
      return nonEmpty(column, turns);
    };
  }

  /** One turn; both parts must be there. */
  static ChatMessage message(String column, int index, String role, String content) {
    if (role == null || content == null) {
      throw invalid(
          column,
          "texts role and content in message " + index,
          "no text " + (role == null ? "role" : "content"));
    }
    return new ChatMessage(role, content);
  }

  static PromptmillException invalid(String column, String expected, String found) {
    return new PromptmillException(
        ErrorCode.PROMPT_INVALID,
        "column '" + column + "': expected " + expected + ", found " + found);
  }

  private static ColumnText text(ValueVector field, FieldVector messages, String column) {
    if (field instanceof FieldVector vector && ColumnText.isText(vector)) {
      return ColumnText.of(vector, column, ErrorCode.PROMPT_INVALID);
    }
    throw unsupported(messages);
  }

  private static PromptmillException unsupported(FieldVector vector) {
    return InputColumn.unsupported(
        vector, "an array of struct<role string, content string>, or the same as JSON text");
  }

  private static List<ChatMessage> nonEmpty(String column, List<ChatMessage> turns) {
    if (turns.isEmpty()) {
      throw invalid(column, "at least one message", "none");
    }
    return turns;
  }
}
