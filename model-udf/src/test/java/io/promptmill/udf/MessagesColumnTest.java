package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.complex.ListVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesColumnTest {

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @Test
  void readsStructsWhateverTheOrderOfTheirFields() {
    String[][] first = {{"system", "s"}, {"user", "u"}};
    String[][] second = {{"user", "v"}};
    try (ListVector column = Batches.messages(allocator, "turns", first, second)) {
      MessagesColumn turns = MessagesColumn.of(column, "turns");

      assertThat(turns.at(1)).containsExactly(new ChatMessage("user", "v"));
      assertThat(turns.at(0))
          .containsExactly(new ChatMessage("system", "s"), new ChatMessage("user", "u"));
    }
  }

  @Test
  void refusesNullEmptyAndPartialConversations() {
    String[][] none = {};
    String[][] withoutContent = {{"user", "u"}, {"user", null}};
    try (ListVector column = Batches.messages(allocator, "turns", null, none, withoutContent)) {
      assertInvalid(column, 0, "expected an array of messages, found null");
      assertInvalid(column, 1, "expected at least one message, found none");
      assertInvalid(
          column, 2, "expected texts role and content in message 1, found no text content");
    }
  }

  @Test
  void readsJson() {
    String json = "[{\"content\": \"u\", \"role\": \"user\", \"name\": \"x\"}]";
    try (FieldVector column = Batches.texts(allocator, "turns", json)) {
      assertThat(MessagesColumn.of(column, "turns").at(0))
          .containsExactly(new ChatMessage("user", "u"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "null",
      value = {
        "null | found null",
        "[{]  | malformed JSON",
        "[] junk | malformed JSON",
        "'' | found JSON MISSING",
        "{} | found JSON OBJECT",
        "[] | at least one message",
        "[{\"role\": \"user\"}] | no text content",
        "[{\"role\": \"user\", \"content\": 3}] | no text content",
        "[\"hi\"] | no text role"
      })
  void refusesJsonThatIsNoConversation(String json, String found) {
    try (FieldVector column = Batches.texts(allocator, "turns", json)) {
      assertInvalid(column, 0, found);
    }
  }

  @Test
  void refusesOtherTypesNamingColumnAndType() {
    try (IntVector numbers = new IntVector("turns", allocator);
        ListVector texts = Batches.lists(allocator, "turns", List.of())) {
      assertThatThrownBy(() -> MessagesColumn.of(numbers, "turns"))
          .hasMessageContaining("column 'turns': expected an array of struct<role string")
          .hasMessageContaining("found Int(32, true)");
      assertThatThrownBy(() -> MessagesColumn.of(texts, "turns"))
          .hasMessageContaining("found List of [$data$: Utf8]");
    }
  }

  private static void assertInvalid(FieldVector column, int row, String message) {
    assertThatThrownBy(() -> MessagesColumn.of(column, "turns").at(row))
        .hasMessageStartingWith("column 'turns': expected ")
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            PromptmillException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PROMPT_INVALID));
  }
}
