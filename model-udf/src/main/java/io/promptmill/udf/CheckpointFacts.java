package io.promptmill.udf;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import io.promptmill.text.ChatTemplate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * What a driver may ask of a checkpoint: its small files and headers are read, no weights, and no
 * native code is loaded. Thread-safe.
 */
public final class CheckpointFacts {

  /** One turn of a conversation. */
  public record Turn(String role, String content) {}

  private final String uri;
  private final String revision;
  private final OptionalInt maxPositions;
  private final Optional<ChatTemplate> chat;

  private CheckpointFacts(
      String uri, String revision, OptionalInt maxPositions, Optional<ChatTemplate> chat) {
    this.uri = uri;
    this.revision = revision;
    this.maxPositions = maxPositions;
    this.chat = chat;
  }

  /**
   * @param conf for the file system that holds the checkpoint
   * @throws PromptmillException {@code OPTION_INVALID} or {@code CHECKPOINT_INVALID} if it cannot
   *     be read
   */
  public static CheckpointFacts read(String uri, Configuration conf) {
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(uri, conf)) {
      return new CheckpointFacts(
          uri,
          checkpoint.revision(),
          checkpoint.config().optionalInteger("max_position_embeddings"),
          CheckpointText.chatTemplate(checkpoint));
    }
  }

  /** As in the result's {@code model_revision}. */
  public String revision() {
    return revision;
  }

  /** Tokens of a sequence, as the checkpoint's configuration says; empty if it does not. */
  public OptionalInt maxPositions() {
    return maxPositions;
  }

  /** Source of the chat template; empty if the checkpoint has none. */
  public Optional<String> chatTemplate() {
    return chat.map(ChatTemplate::source);
  }

  /**
   * The conversation as the chat template writes it, to the beginning of the assistant's answer;
   * what the model reads, except that special tokens written by users count as text there.
   *
   * @throws PromptmillException {@code OPTION_INVALID} if the checkpoint has no chat template,
   *     {@code TEMPLATE_FAILED} if it does not take the conversation
   */
  public String render(List<Turn> turns) {
    ChatTemplate template =
        chat.orElseThrow(
            () ->
                new PromptmillException(
                    ErrorCode.OPTION_INVALID,
                    uri
                        + ": chat prompts need a chat template, and tokenizer_config.json has"
                        + " none"));
    return template.render(
        turns.stream().map(turn -> new ChatMessage(turn.role(), turn.content())).toList(), true);
  }
}
