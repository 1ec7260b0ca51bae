package io.promptmill.udf;

import java.io.Serializable;

/** Where a row's prompt comes from. */
public sealed interface PromptSource extends Serializable {

  /** A text column, taken as it is. */
  record Column(String column) implements PromptSource {}

  /**
   * A text over columns: a column name in braces is replaced by that column's value as text;
   * doubled braces are literal braces.
   */
  record Template(String template) implements PromptSource {}

  /**
   * A template as {@link Template} has it that becomes a user's turn where the checkpoint has a
   * chat template, and is the prompt as it is where it has none.
   */
  record Instruction(String template) implements PromptSource {}

  /**
   * A conversation: an array of {@code struct<role,content>}, or a text column that holds the same
   * as JSON. Always goes through the checkpoint's chat template.
   */
  record Messages(String column) implements PromptSource {}

  /**
   * A text column that holds JSON, whose kind says what it is: a text is the prompt as it is, an
   * array of messages a conversation for the checkpoint's chat template, an array of whole numbers
   * the prompt's token ids.
   */
  record Json(String column) implements PromptSource {}
}
