package io.promptmill.udf;

/** A row's prompt before the engine sees it. */
sealed interface Prompt {

  /** A text of users, taken as it is; special tokens in it are text. */
  record Raw(String text) implements Prompt {}

  /**
   * Token ids, taken as they are: a conversation that went through the chat template, or what the
   * row brings.
   *
   * @param tokens ids, BOS included where the model wants one
   */
  record Tokens(int[] tokens) implements Prompt {}
}
