package io.promptmill.udf;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatPrompt;
import io.promptmill.text.ChatTemplate;
import io.promptmill.text.Tokenizer;
import io.promptmill.text.TokenizerJson;
import java.util.Optional;

/**
 * What a checkpoint says of text: all that counting tokens needs. Of the weights only headers are
 * read, and no native code is loaded.
 *
 * @param chat empty if the checkpoint has no chat template
 * @param revision of the whole checkpoint
 */
record CheckpointText(Tokenizer tokenizer, Optional<ChatEncoder> chat, String revision) {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  private static final String CHAT_TEMPLATE = "chat_template.jinja";

  /**
   * @throws PromptmillException {@code CHECKPOINT_INVALID} if a file is missing or malformed
   */
  static CheckpointText read(CheckpointDirectory checkpoint) {
    String json =
        checkpoint
            .text(TOKENIZER)
            .orElseThrow(
                () ->
                    new PromptmillException(
                        ErrorCode.CHECKPOINT_INVALID,
                        checkpoint.uri() + ": expected the file " + TOKENIZER + ", found none"));
    Tokenizer tokenizer =
        TokenizerJson.parse(json, checkpoint.text(TOKENIZER_CONFIG), checkpoint.uri());
    Optional<ChatEncoder> chat =
        chatTemplate(checkpoint).map(template -> new ChatPrompt(template, tokenizer)::encode);
    return new CheckpointText(tokenizer, chat, checkpoint.revision());
  }

  static Optional<ChatTemplate> chatTemplate(CheckpointDirectory checkpoint) {
    Optional<String> config = checkpoint.text(TOKENIZER_CONFIG);
    Optional<String> file = checkpoint.text(CHAT_TEMPLATE);
    if (file.isPresent()) {
      return Optional.of(ChatTemplate.of(file.get(), config.orElse("{}"), checkpoint.uri()));
    }
    return config.flatMap(json -> ChatTemplate.parse(json, checkpoint.uri()));
  }
}
