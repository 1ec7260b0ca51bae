package io.promptmill.udf;

import io.promptmill.engine.constraint.TokenBytes;
import io.promptmill.text.Tokenizer;

/** A tokenizer as the engine's constraints see it: special tokens stand for no text. */
record TextBytes(Tokenizer tokenizer) implements TokenBytes {

  @Override
  public int size() {
    return tokenizer.vocabSize();
  }

  @Override
  public byte[] bytes(int tokenId) {
    return tokenizer.isSpecial(tokenId) ? null : tokenizer.bytes(tokenId);
  }
}
