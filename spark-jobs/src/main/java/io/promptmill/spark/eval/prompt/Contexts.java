package io.promptmill.spark.eval.prompt;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.ArrayList;
import java.util.List;

/** Puts contexts together: system prompt, examples, question. */
final class Contexts {

  private final TaskDefinition task;
  private final DocumentText exampleTexts;
  private final PromptOptions options;

  /**
   * @param exampleTexts by the templates of examples
   */
  Contexts(TaskDefinition task, DocumentText exampleTexts, PromptOptions options) {
    this.task = task;
    this.exampleTexts = exampleTexts;
    this.options = options;
  }

  /** Nothing where there is neither a description nor an instruction. */
  List<Message> system(String description) {
    String prompt =
        Delimiters.join(options.systemInstruction(), description, task.prompt().fewshotDelimiter());
    return prompt.isEmpty() ? List.of() : List.of(new Message(Message.SYSTEM, prompt, ""));
  }

  /** Question and answer of an example. */
  List<Message> example(Document document) {
    PromptDefinition prompt = task.fewShot().prompt();
    List<String> choices = exampleTexts.choices(document);
    Object question = exampleTexts.text(document);
    Object answer = exampleTexts.target(document);
    if (question instanceof Long index) {
      question = chosen(choices, index, "doc_to_text");
    }
    String answerText =
        answer instanceof Long index
            ? chosen(choices, index, "doc_to_target")
            : String.valueOf(answer);
    String prefix = exampleTexts.genPrefix(document);
    if (!(question instanceof String asked)) {
      throw exampleTexts.failure("doc_to_text", "text, found a list");
    }
    if (answerText.isEmpty()) {
      return question(asked, prefix, prompt.targetDelimiter());
    }
    List<Message> messages = new ArrayList<>();
    boolean delimited = prefix.isEmpty() || Delimiters.between(asked, prefix);
    messages.add(new Message(Message.USER, asked, delimited ? prompt.targetDelimiter() : ""));
    messages.add(
        new Message(
            Message.ASSISTANT,
            Delimiters.join(prefix, answerText, " "),
            prompt.fewshotDelimiter()));
    return messages;
  }

  private String chosen(List<String> choices, long index, String key) {
    if (index >= choices.size()) {
      throw exampleTexts.failure(
          key,
          choices.isEmpty()
              ? "text, found the number %d in a task without choices".formatted(index)
              : "an index below %d, found %d".formatted(choices.size(), index));
    }
    return choices.get((int) index);
  }

  private static List<Message> question(String asked, String prefix, String targetDelimiter) {
    boolean delimited = !prefix.isEmpty() && Delimiters.between(asked, prefix);
    Message user = new Message(Message.USER, asked, delimited ? targetDelimiter : "");
    return prefix.isEmpty()
        ? List.of(user)
        : List.of(user, new Message(Message.ASSISTANT, prefix, ""));
  }

  /**
   * @param header system prompt and examples
   * @param delimiter between question and gen_prefix
   */
  PromptText of(List<Message> header, String question, String prefix, String delimiter) {
    List<Message> messages = new ArrayList<>(header);
    messages.addAll(question(question, prefix, delimiter));
    if (!options.applyChatTemplate()) {
      return Message.plainText(messages);
    }
    return options.fewshotAsMultiturn() ? Message.turns(messages) : Message.oneTurn(messages);
  }

  /** What heads a continuation: nothing in a conversation, where the answer is a turn. */
  String targetDelimiter() {
    return options.applyChatTemplate() ? "" : task.prompt().targetDelimiter();
  }
}
