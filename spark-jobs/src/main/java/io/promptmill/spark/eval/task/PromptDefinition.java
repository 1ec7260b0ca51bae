package io.promptmill.spark.eval.task;

import java.util.List;

/**
 * How a document becomes text. A template is Jinja over the document's fields, or the name of one
 * field.
 *
 * @param description template of the text before the examples, over the evaluated document
 * @param docToText template of the question
 * @param docToTarget template of the answer, or for multiple choice of the index or text of the
 *     right choice
 * @param docToChoice the candidates
 * @param targetDelimiter between question and answer
 * @param fewshotDelimiter after each example
 * @param genPrefix template of the text that an answer begins with, empty for none
 */
public record PromptDefinition(
    String description,
    String docToText,
    String docToTarget,
    Choices docToChoice,
    String targetDelimiter,
    String fewshotDelimiter,
    String genPrefix) {

  /** Candidates of a document. */
  public sealed interface Choices {}

  /** The task has no candidates. */
  public record NoChoices() implements Choices {}

  /** The same texts for every document; no templates, as in lm-evaluation-harness. */
  public record FixedChoices(List<String> texts) implements Choices {
    public FixedChoices {
      texts = List.copyOf(texts);
    }
  }

  /** A template that is one whole expression, whose value is a list. */
  public record TemplateOfChoices(String template) implements Choices {}
}
