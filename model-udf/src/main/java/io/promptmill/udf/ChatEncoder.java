package io.promptmill.udf;

import io.promptmill.text.ChatMessage;
import java.util.List;

/** Conversations to token ids through the checkpoint's chat template. */
@FunctionalInterface
interface ChatEncoder {

  /**
   * Token ids, BOS included where the model wants one; special tokens that users wrote are text.
   *
   * @param generationPrompt whether they end where the assistant's answer begins
   * @throws io.promptmill.error.PromptmillException with {@code TEMPLATE_FAILED} or {@code
   *     PROMPT_INVALID} if the template or the conversation does not hold up
   */
  int[] encode(List<ChatMessage> messages, boolean generationPrompt);
}
