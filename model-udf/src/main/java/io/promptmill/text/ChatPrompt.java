package io.promptmill.text;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Turns conversations into token ids through a chat template. Thread-safe.
 *
 * <p>The ids are those of the whole rendered text, so words merge across the borders between
 * template and messages, except that messages cannot write control tokens: an occurrence that
 * begins in the text of a message stays text. Control tokens are the special ones and the added
 * tokens that the template's source spells out, such as role marks that the tokenizer file does not
 * call special. In turns of the assistant only special ones are barred, since templates look there
 * for the others (reasoning marks).
 *
 * <p>To know who wrote what, every character of a message that can begin a control token is masked
 * while the template renders; conditions and filters of the template still see the rest. Where a
 * template asks about such characters and so renders otherwise, only complete control tokens are
 * masked, and the text must not change which control tokens the template writes.
 */
public final class ChatPrompt {

  // A role is text of the row, too, and templates write it between special tokens.
  private static final Pattern ROLE = Pattern.compile("[\\p{L}\\p{N}_-]{1,64}");

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final BitSet special = new BitSet();
  private final BitSet control = new BitSet();
  // Characters that control tokens begin with.
  private final String firsts;

  private record Encoded(int[] ids, List<Integer> written) {}

  public ChatPrompt(ChatTemplate template, Tokenizer tokenizer) {
    this.template = template;
    this.tokenizer = tokenizer;
    for (int id = 0; id < tokenizer.vocabSize(); id++) {
      special.set(id, tokenizer.isSpecial(id));
    }
    control.or(special);
    control.or(addedTokensIn(template.source()));
    TreeSet<Character> characters = new TreeSet<>();
    control.stream()
        .mapToObj(id -> new String(tokenizer.bytes(id), StandardCharsets.UTF_8))
        .forEach(content -> characters.add(content.charAt(0)));
    StringBuilder joined = new StringBuilder();
    characters.forEach(joined::append);
    firsts = joined.toString();
  }

  /**
   * Ids of the conversation, with exactly one BOS where the tokenizer asks for it.
   *
   * @param addGenerationPrompt whether the prompt ends where the assistant's next turn begins
   * @throws PromptmillException with {@code PROMPT_INVALID} if there is no message, or one has no
   *     content, is not valid Unicode, or has a role that is not a plain word; {@code
   *     TEMPLATE_FAILED} if the template fails, or text of messages would change which control
   *     tokens it writes
   */
  public int[] encode(List<ChatMessage> messages, boolean addGenerationPrompt) {
    requireValid(messages);
    MessageMask mask = new MessageMask(firsts, messages, template.source());
    List<ChatMessage> masked = messages.stream().map(m -> mask.mask(m, index -> true)).toList();
    MessageMask.Unmasked rendered = mask.unmask(template.render(masked, addGenerationPrompt));
    if (masked.equals(messages)) {
      return withBos(encode(rendered, control).ids);
    }
    List<ChatMessage> seen = messages.stream().map(m -> maskControlTokens(mask, m)).toList();
    MessageMask.Unmasked intended = mask.unmask(template.render(seen, addGenerationPrompt));
    if (intended.text().equals(rendered.text())) {
      return withBos(encode(rendered, control).ids);
    }
    BitSet compared = comparable(messages);
    List<Integer> expected = encode(rendered, compared).written;
    Encoded encoded = encode(intended, compared);
    if (!encoded.written.equals(expected)) {
      throw new PromptmillException(
          ErrorCode.TEMPLATE_FAILED,
          "chat template must write the same control tokens whatever the messages say, expected ids "
              + expected
              + ", found "
              + encoded.written);
    }
    return withBos(encoded.ids);
  }

  static boolean isAssistant(ChatMessage message) {
    return message.role().equals("assistant");
  }

  private static void requireValid(List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      throw invalid("conversation must have at least one message, found none");
    }
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      if (message == null || message.role() == null || message.content() == null) {
        throw invalid("message %d must have a role and a content, found %s".formatted(i, message));
      }
      if (!ROLE.matcher(message.role()).matches()) {
        throw invalid(
            "role of message %d must be one word, found \"%s\"".formatted(i, message.role()));
      }
      UnicodeText.requireWellFormed(message.content(), "content of message " + i);
    }
  }

  private static PromptmillException invalid(String problem) {
    return new PromptmillException(ErrorCode.PROMPT_INVALID, problem);
  }

  /** Masks the first character of each control token that is barred in the message. */
  private ChatMessage maskControlTokens(MessageMask mask, ChatMessage message) {
    BitSet barred = isAssistant(message) ? special : control;
    BitSet starts = new BitSet();
    tokenizer.encode(
        message.content(),
        (id, start) -> {
          starts.set(start, barred.get(id));
          return true;
        });
    return mask.mask(message, starts::get);
  }

  /** Control tokens without those that turns of the assistant hold and templates may take out. */
  private BitSet comparable(List<ChatMessage> messages) {
    BitSet result = new BitSet();
    result.or(control);
    messages.stream()
        .filter(ChatPrompt::isAssistant)
        .forEach(message -> result.andNot(addedTokensIn(message.content())));
    result.or(special);
    return result;
  }

  private BitSet addedTokensIn(String text) {
    BitSet found = new BitSet();
    tokenizer.encode(
        text,
        (id, start) -> {
          found.set(id);
          return true;
        });
    return found;
  }

  /**
   * @param compared tokens of interest; {@code written} lists those that the template wrote
   */
  private Encoded encode(MessageMask.Unmasked text, BitSet compared) {
    List<Integer> written = new ArrayList<>();
    int[] ids =
        tokenizer.encode(
            text.text(),
            (id, start) -> {
              if (text.others().get(start)) {
                return !control.get(id);
              }
              if (text.assistant().get(start)) {
                return !special.get(id);
              }
              if (compared.get(id)) {
                written.add(id);
              }
              return true;
            });
    return new Encoded(ids, written);
  }

  private int[] withBos(int[] ids) {
    int bos = tokenizer.bosTokenId();
    boolean missing = tokenizer.addBosToken() && bos >= 0 && (ids.length == 0 || ids[0] != bos);
    return missing ? IntStream.concat(IntStream.of(bos), IntStream.of(ids)).toArray() : ids;
  }
}
