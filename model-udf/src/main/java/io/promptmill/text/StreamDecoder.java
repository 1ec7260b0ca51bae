package io.promptmill.text;

/**
 * Text of a growing token sequence. A character that spans tokens comes out with the token that
 * completes it; the pieces joined are what {@link Tokenizer#decode} gives for the whole sequence.
 * Not thread-safe.
 */
public final class StreamDecoder {

  private final Tokenizer tokenizer;
  private final boolean skipSpecialTokens;
  private final Utf8Decoder utf8 = new Utf8Decoder();

  public StreamDecoder(Tokenizer tokenizer, boolean skipSpecialTokens) {
    this.tokenizer = tokenizer;
    this.skipSpecialTokens = skipSpecialTokens;
  }

  /**
   * Text that this token completes, often empty; ids outside the vocabulary have none: models pad
   * theirs.
   */
  public String accept(int tokenId) {
    StringBuilder text = new StringBuilder();
    boolean known = tokenId >= 0 && tokenId < tokenizer.vocabSize();
    if (known && !(skipSpecialTokens && tokenizer.isSpecial(tokenId))) {
      utf8.accept(tokenizer.bytes(tokenId), text);
    }
    return text.toString();
  }

  /** What is left at the end: U+FFFD if the last character is incomplete, else nothing. */
  public String finish() {
    StringBuilder text = new StringBuilder();
    utf8.finish(text);
    return text.toString();
  }
}
