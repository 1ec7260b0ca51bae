package io.promptmill.text;

/** Text to token ids and back. Immutable and thread-safe. */
public interface Tokenizer {

  /**
   * Token ids of plain text: no BOS is added, and special tokens written in the text stay plain
   * text. Added tokens that the tokenizer file does not call special become their ids.
   *
   * @throws io.promptmill.error.PromptmillException with {@code PROMPT_INVALID} if the text has an
   *     unpaired surrogate
   */
  int[] encode(String text);

  /**
   * As {@link #encode}, but the special tokens in the text become their ids; for text that a
   * template wrote.
   */
  int[] encodeWithSpecialTokens(String text);

  /**
   * As {@link #encode}, but the rule decides about every occurrence of an added token, special or
   * not; for text that a template wrote around text of users. A tokenizer without added tokens has
   * nothing to ask about.
   */
  default int[] encode(String text, AddedTokenRule rule) {
    return encode(text);
  }

  /**
   * Text of the ids; malformed UTF-8 becomes U+FFFD. Special tokens are left out where {@code
   * skipSpecialTokens}; ids outside the vocabulary always are.
   */
  String decode(int[] tokenIds, boolean skipSpecialTokens);

  /**
   * UTF-8 bytes that one token stands for, which may end inside a character; the content of a
   * special token; none for an id below {@link #vocabSize} that no token has.
   *
   * @throws IllegalArgumentException if the id is outside the vocabulary
   */
  byte[] bytes(int tokenId);

  boolean isSpecial(int tokenId);

  /** Number of ids, added tokens included; ids run from 0 to this number less one. */
  int vocabSize();

  /** Id of a token by its exact content, as in {@code tokenizer.json}, or -1 if there is none. */
  int idOf(String content);

  /** Id of the beginning-of-sequence token, or -1 if the checkpoint has none. */
  int bosTokenId();

  /** Id of the end-of-sequence token, or -1 if the checkpoint has none. */
  int eosTokenId();

  /** Whether {@code tokenizer_config.json} asks for one BOS at the head of every prompt. */
  boolean addBosToken();
}
