package io.promptmill.spark.eval.prompt;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import io.promptmill.text.python.JinjaTemplate;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Question, answer and choices of documents, by the templates of a task or of its examples.
 *
 * <p>Values are those of lm-evaluation-harness: text; a whole number (Long) where a task with
 * choices gives digits; the value of a field as it is where the template is the field's name.
 */
final class DocumentText {

  private final TaskDefinition task;
  private final PromptDefinition prompt;
  private final boolean hasChoices;
  private final Source text;
  private final Source target;
  private final Source genPrefix;

  /** Absent where the task has no choices or fixed ones. */
  private final Source choices;

  /** A template, or the name of a field. */
  private record Source(String field, JinjaTemplate template) {}

  /**
   * @param prompt the task's own, or that of its examples
   * @param fields names of the evaluated documents' fields; a template that is one of them takes
   *     its value
   */
  DocumentText(TaskDefinition task, PromptDefinition prompt, Set<String> fields) {
    this.task = task;
    this.prompt = prompt;
    hasChoices = !(task.prompt().docToChoice() instanceof PromptDefinition.NoChoices);
    text = source("doc_to_text", prompt.docToText(), fields);
    target = source("doc_to_target", prompt.docToTarget(), fields);
    genPrefix = source("gen_prefix", prompt.genPrefix(), fields);
    choices =
        prompt.docToChoice() instanceof PromptDefinition.TemplateOfChoices template
            ? source("doc_to_choice", template.template(), fields)
            : null;
  }

  private Source source(String key, String template, Set<String> fields) {
    return fields.contains(template)
        ? new Source(template, null)
        : new Source(null, template(task, key, template));
  }

  static JinjaTemplate template(TaskDefinition task, String key, String template) {
    return JinjaTemplate.parse(
        template, "'%s' of task %s in %s".formatted(key, task.name(), task.origin()));
  }

  /** The question: text, or a Long. */
  Object text(Document document) {
    return value(text, document);
  }

  /** The answer: text, or a Long. */
  Object target(Document document) {
    Object value = value(target, document);
    if (value instanceof List
        || (target.template != null
            && target.template.isExpression()
            && target.template.evaluate(document.fields()) instanceof List)) {
      throw failure(
          "doc_to_target", "one answer, found a list; several right answers are not supported");
    }
    return value;
  }

  /** The text that the answer begins with, empty for none. */
  String genPrefix(Document document) {
    Object value = prompt.genPrefix().isEmpty() ? "" : value(genPrefix, document);
    return PythonText.str(value);
  }

  /** Candidates; empty for a task without. */
  List<String> choices(Document document) {
    if (choices == null) {
      return prompt.docToChoice() instanceof PromptDefinition.FixedChoices fixed
          ? fixed.texts()
          : List.of();
    }
    Object value =
        choices.field != null
            ? field(choices.field, document)
            : choices.template.evaluate(document.fields());
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw failure(
          "doc_to_choice",
          "one expression whose value is a list of texts, found " + PythonText.str(value));
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String choice)) {
        throw failure("doc_to_choice", "texts, found " + PythonText.str(element));
      }
      texts.add(choice);
    }
    return texts;
  }

  private Object value(Source source, Document document) {
    if (source.field != null) {
      Object value = field(source.field, document);
      if (value instanceof Boolean truth) {
        return truth ? 1L : 0L;
      }
      return value instanceof Long || value instanceof List || value instanceof String
          ? value
          : PythonText.str(value);
    }
    String rendered = source.template.render(document.fields());
    return hasChoices && rendered.matches("[0-9]{1,18}")
        ? (Object) Long.valueOf(rendered)
        : rendered;
  }

  private Object field(String name, Document document) {
    if (!document.fields().containsKey(name)) {
      throw new PromptmillException(
          ErrorCode.TEMPLATE_FAILED,
          "task %s in %s needs a field '%s' in every document, found %s"
              .formatted(task.name(), task.origin(), name, document.fields().keySet()));
    }
    return document.fields().get(name);
  }

  PromptmillException failure(String key, String problem) {
    return new PromptmillException(
        ErrorCode.TEMPLATE_FAILED,
        "'%s' of task %s in %s must give %s".formatted(key, task.name(), task.origin(), problem));
  }
}
