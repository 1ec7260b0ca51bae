package io.promptmill.spark.eval.task;

import java.util.List;

/**
 * How a document becomes text; Jinja over the document's fields.
 *
 * @param description before the examples
 * @param docToText the question
 * @param docToTarget the answer, or for multiple choice the index or text of the right choice
 * @param docToChoice one template for each choice, or one that gives a list; empty where there are
 *     no choices
 * @param targetDelimiter between question and answer
 * @param fewshotDelimiter after each example
 * @param genPrefix text that an answer begins with, empty for none
 */
public record PromptDefinition(
    String description,
    String docToText,
    String docToTarget,
    List<String> docToChoice,
    String targetDelimiter,
    String fewshotDelimiter,
    String genPrefix) {
  public PromptDefinition {
    docToChoice = List.copyOf(docToChoice);
  }
}
