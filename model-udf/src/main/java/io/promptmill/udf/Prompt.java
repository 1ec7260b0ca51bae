package io.promptmill.udf;

/** A row's prompt before the engine sees it. */
sealed interface Prompt {

  /** A text of users, taken as it is; special tokens in it are text. */
  record Raw(String text) implements Prompt {}

  /**
   * A conversation that went through the chat template.
   *
   * @param tokens ids, BOS included where the model wants one
   */
  record Chat(int[] tokens) implements Prompt {}
}
