package io.promptmill.spark.eval;

import java.util.List;

/** A context: plain text, or the turns of a conversation for the checkpoint's chat template. */
public sealed interface PromptText {

  record Plain(String text) implements PromptText {}

  /** Ends with a user's turn; the template's generation prompt follows. */
  record Conversation(List<Turn> turns) implements PromptText {
    public Conversation {
      turns = List.copyOf(turns);
    }
  }

  /**
   * @param role {@code system}, {@code user} or {@code assistant}
   */
  record Turn(String role, String content) {}
}
