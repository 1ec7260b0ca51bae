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
 */
public record PromptSpec(PromptSource source, boolean chat, String systemPrompt)
    implements Serializable {

  public Optional<String> system() {
    return Optional.ofNullable(systemPrompt);
  }
}
