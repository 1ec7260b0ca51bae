package io.promptmill.text;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Private-use characters that stand for characters of messages while a template renders them, so
 * that the result tells who wrote each. They occur nowhere in the conversation or the template.
 */
final class MessageMask {

  private static final char FIRST = '\uE000';
  private static final char LAST = '\uF8FF';

  /**
   * A rendered text without masks.
   *
   * @param assistant indices of masked characters from turns of the assistant
   * @param others indices of masked characters from all other turns
   */
  record Unmasked(String text, BitSet assistant, BitSet others) {}

  private final String originals;
  // Masks of original i: at 2 * i in turns of the assistant, at 2 * i + 1 in others.
  private final String masks;

  /**
   * @param originals the distinct characters that can be masked
   * @throws PromptmillException with {@code PROMPT_INVALID} if the conversation itself uses nearly
   *     all private-use characters
   */
  MessageMask(String originals, List<ChatMessage> messages, String templateSource) {
    this.originals = originals;
    BitSet used = new BitSet();
    templateSource.chars().forEach(used::set);
    for (ChatMessage message : messages) {
      message.content().chars().forEach(used::set);
    }
    StringBuilder free = new StringBuilder();
    char c = FIRST;
    for (; free.length() < 2 * originals.length() && c <= LAST; c++) {
      if (!used.get(c)) {
        free.append(c);
      }
    }
    if (free.length() < 2 * originals.length()) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID,
          "conversation must leave %d private-use characters unused, found %d"
              .formatted(2 * originals.length(), free.length()));
    }
    masks = free.toString();
  }

  /** The message with the characters masked that can be and whose index is accepted. */
  ChatMessage mask(ChatMessage message, IntPredicate index) {
    int assistant = ChatPrompt.isAssistant(message) ? 0 : 1;
    StringBuilder content = new StringBuilder(message.content());
    for (int i = 0; i < content.length(); i++) {
      int original = originals.indexOf(content.charAt(i));
      if (original >= 0 && index.test(i)) {
        content.setCharAt(i, masks.charAt(2 * original + assistant));
      }
    }
    return new ChatMessage(message.role(), content.toString());
  }

  /** Puts the masked characters back. */
  Unmasked unmask(String rendered) {
    StringBuilder text = new StringBuilder(rendered);
    BitSet assistant = new BitSet();
    BitSet others = new BitSet();
    for (int i = 0; i < text.length(); i++) {
      int mask = masks.indexOf(text.charAt(i));
      if (mask >= 0) {
        text.setCharAt(i, originals.charAt(mask / 2));
        (mask % 2 == 0 ? assistant : others).set(i);
      }
    }
    return new Unmasked(text.toString(), assistant, others);
  }
}
