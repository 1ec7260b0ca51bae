package io.promptmill.udf;

/** What happens to a row whose prompt leaves no room for what is to follow it. */
public enum Overflow {
  /** The row fails with {@code PROMPT_TOO_LONG}. */
  FAIL,
  /**
   * Tokens go from the prompt's left until it fits, BOS first, as in lm-evaluation-harness 0.4.13:
   * a completion keeps room for all the tokens it may have, a candidate for all it has.
   */
  TRUNCATE_LEFT
}
