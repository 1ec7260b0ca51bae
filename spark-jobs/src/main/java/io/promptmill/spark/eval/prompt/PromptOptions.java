package io.promptmill.spark.eval.prompt;

import java.util.OptionalInt;

/**
 * What the command line says about prompts.
 *
 * @param numFewshot examples in place of each task's own number
 * @param applyChatTemplate whether contexts are conversations
 * @param fewshotAsMultiturn whether examples are turns of their own in a conversation; one turn of
 *     the user holds everything otherwise
 * @param systemInstruction before the description, empty for none
 * @param seed of the examples that are drawn; 1234 in lm-evaluation-harness
 */
public record PromptOptions(
    OptionalInt numFewshot,
    boolean applyChatTemplate,
    boolean fewshotAsMultiturn,
    String systemInstruction,
    long seed) {

  /** lm-evaluation-harness's own. */
  public static final PromptOptions DEFAULT =
      new PromptOptions(OptionalInt.empty(), false, true, "", 1234);
}
