package io.promptmill.udf;

import io.promptmill.text.AddedTokenRule;
import io.promptmill.text.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A prompt as a text that can be cut and continued, for rules that are about characters.
 *
 * @param text what the model is to read
 * @param rule which added tokens in it count
 */
record PromptText(String text, AddedTokenRule rule) {

  static PromptText of(Prompt prompt, Tokenizer tokenizer) {
    if (prompt instanceof Prompt.Tokens given) {
      return ofTokens(given.tokens(), tokenizer);
    }
    String text = ((Prompt.Raw) prompt).text();
    return new PromptText(text, (tokenId, start) -> !tokenizer.isSpecial(tokenId));
  }

  /** The tokens' own text, in which exactly those added tokens count that the tokens have. */
  private static PromptText ofTokens(int[] tokens, Tokenizer tokenizer) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    Map<Integer, Integer> tokenAtByte = new HashMap<>();
    for (int token : tokens) {
      tokenAtByte.put(utf8.size(), token);
      utf8.writeBytes(tokenizer.bytes(token));
    }
    String text = utf8.toString(StandardCharsets.UTF_8);
    int[] byteOfChar = new int[text.length()];
    int offset = 0;
    for (int at = 0; at < text.length(); at++) {
      byteOfChar[at] = offset;
      char c = text.charAt(at);
      // Each half of a surrogate pair stands for two of its four bytes.
      offset += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return new PromptText(
        text, (tokenId, start) -> tokenAtByte.getOrDefault(byteOfChar[start], -1).equals(tokenId));
  }

  /** Token ids of the first {@code length} chars. */
  int[] encode(Tokenizer tokenizer, int length) {
    return tokenizer.encode(text.substring(0, length), rule);
  }

  /** Token ids of the whole text and a text of users after it. */
  int[] encodeWith(Tokenizer tokenizer, String continuation) {
    int border = text.length();
    return tokenizer.encode(
        text + continuation,
        (tokenId, start) ->
            start < border ? rule.takes(tokenId, start) : !tokenizer.isSpecial(tokenId));
  }
}
