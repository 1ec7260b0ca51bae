package io.promptmill.udf;

import java.io.Serializable;
import java.util.Optional;

/**
 * How a row becomes a prompt.
 *
 * @param source where the text comes from
 * @param chat whether the checkpoint's chat template wraps the text as one user turn; implied by
 *     {@link PromptSource.Messages}
 * @param systemPrompt put before the turns where the chat template is used and the row brings no
 *     system turn of its own; null for none
 * @param overflow what happens to a prompt that is too long; whole texts are never too long
 */
public record PromptSpec(PromptSource source, boolean chat, String systemPrompt, Overflow overflow)
    implements Serializable {

  /** A prompt that fails its row where it is too long. */
  public PromptSpec(PromptSource source, boolean chat, String systemPrompt) {
    this(source, chat, systemPrompt, Overflow.FAIL);
  }

  public Optional<String> system() {
    return Optional.ofNullable(systemPrompt);
  }
}
