package io.promptmill.text;

/** Decides which occurrences of added tokens, special or not, become ids; others stay text. */
@FunctionalInterface
public interface AddedTokenRule {

  /** Takes every occurrence. */
  AddedTokenRule ALL = (tokenId, start) -> true;

  /** Whether the occurrence of that token at char index {@code start} becomes its id. */
  boolean takes(int tokenId, int start);
}
