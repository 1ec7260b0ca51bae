package io.promptmill.engine;

/** What of a text's hidden states, those after the final norm, stands for the text. */
public enum Pooling {
  /** The last token's, which has seen all the others. */
  LAST,

  /**
   * The mean over all tokens, BOS included where there is one; summed in float64 in the order of
   * the text. Needs every token's state, so nothing is taken from the prefix cache.
   */
  MEAN
}
