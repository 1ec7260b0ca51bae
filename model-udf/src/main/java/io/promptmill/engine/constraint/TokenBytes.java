package io.promptmill.engine.constraint;

/** What token ids stand for; the engine's only view of a vocabulary. Thread-safe. */
public interface TokenBytes {

  /** Ids run from 0 to this number less one. */
  int size();

  /**
   * UTF-8 bytes of a token, which may end inside a character; null for a special token and for an
   * id that no token has.
   */
  byte[] bytes(int tokenId);
}
