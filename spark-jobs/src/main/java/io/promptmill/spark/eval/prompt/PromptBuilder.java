package io.promptmill.spark.eval.prompt;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.TaskDefinition;
import io.promptmill.text.python.JinjaTemplate;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The items of one task, in the order of its documents. Not thread-safe. */
public final class PromptBuilder {

  private final TaskDefinition task;
  private final List<Document> evaluated;
  private final PromptOptions options;
  private final int shots;
  private final List<Document> pool;
  private final Contexts contexts;
  private final DocumentText texts;
  private final JinjaTemplate description;

  /**
   * @param evaluated all documents of the evaluated split
   * @param fewShot all documents of the examples' split; ignored where the task has samples of its
   *     own, and may be empty where there are no examples
   * @throws PromptmillException with {@code OPTION_INVALID} if there are too few examples, with
   *     {@code TEMPLATE_FAILED} if a template is malformed
   */
  public PromptBuilder(
      TaskDefinition task,
      List<Document> evaluated,
      List<Document> fewShot,
      PromptOptions options) {
    this.task = task;
    this.evaluated = List.copyOf(evaluated);
    this.options = options;
    shots = shots(task, options);
    pool = task.fewShot().samples().isEmpty() ? fewShot : task.fewShot().samples();
    Set<String> fields = evaluated.isEmpty() ? Set.of() : evaluated.get(0).fields().keySet();
    texts = new DocumentText(task, task.prompt(), fields);
    contexts = new Contexts(task, new DocumentText(task, task.fewShot().prompt(), fields), options);
    description = DocumentText.template(task, "description", task.prompt().description());
    if (options.applyChatTemplate() && !task.prompt().genPrefix().isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "task %s in %s has 'gen_prefix', which a chat template cannot continue; leave out --apply-chat-template"
              .formatted(task.name(), task.origin()));
    }
  }

  /** Examples of each document of a task. */
  public static int shots(TaskDefinition task, PromptOptions options) {
    return options.numFewshot().orElse(task.numFewshot().orElse(0));
  }

  /** The items of all documents. */
  public List<EvaluationItem> items() {
    return items(0, evaluated.size());
  }

  /**
   * The items of the documents from one index to before another. Examples are drawn for the earlier
   * documents too, so that an item does not depend on the bounds.
   *
   * @throws PromptmillException with {@code TEMPLATE_FAILED} naming document, task, file and
   *     problem
   */
  public List<EvaluationItem> items(int from, int to) {
    FewShotSampler sampler =
        shots == 0
            ? document -> List.of()
            : FewShotSampler.of(
                new FewShotSampler.Pool(task, pool, shots, task.fewShot().excludesEvaluated()),
                options.seed());
    List<EvaluationItem> items = new ArrayList<>();
    IdentityHashMap<Document, List<Message>> examples = new IdentityHashMap<>();
    for (int id = 0; id < Math.min(to, evaluated.size()); id++) {
      int index = id;
      Document document = evaluated.get(id);
      List<Document> drawn = sampler.examplesFor(document);
      if (id >= from) {
        List<Message> shown = new ArrayList<>();
        for (Document example : drawn) {
          shown.addAll(examples.computeIfAbsent(example, this::example));
        }
        items.add(naming("document " + id, () -> item(index, document, shown)));
      }
    }
    return items;
  }

  private List<Message> example(Document example) {
    return naming("example document " + pool.indexOf(example), () -> contexts.example(example));
  }

  private static <T> T naming(String document, Supplier<T> step) {
    try {
      return step.get();
    } catch (PromptmillException e) {
      throw new PromptmillException(e.code(), document + ": " + e.getMessage(), e);
    }
  }

  private String descriptionOf(Document document) {
    Object field = document.fields().get(task.prompt().description());
    return field == null ? description.render(document.fields()) : PythonText.str(field);
  }

  private EvaluationItem item(int id, Document document, List<Message> examples) {
    List<Message> header = new ArrayList<>(contexts.system(descriptionOf(document)));
    header.addAll(examples);
    List<String> choices = texts.choices(document);
    Object target = texts.target(document);
    if (task.outputType() == OutputType.LOGLIKELIHOOD_ROLLING) {
      String text = PythonText.str(target);
      return item(id, document, text, choices, new ModelCall.LoglikelihoodRolling(text));
    }
    Object asked = texts.text(document);
    if (task.outputType() == OutputType.MULTIPLE_CHOICE && asked instanceof Long) {
      ModelCall call = manyContexts(document, header, choices, target);
      return item(id, document, PythonText.str(asked), choices, call);
    }
    if (!(asked instanceof String question)) {
      throw texts.failure("doc_to_text", "text, found a number");
    }
    PromptText context =
        contexts.of(header, question, texts.genPrefix(document), task.prompt().targetDelimiter());
    return item(id, document, logged(target, choices), choices, call(context, choices, target));
  }

  private EvaluationItem item(
      int id, Document document, String target, List<String> choices, ModelCall call) {
    return new EvaluationItem(task.name(), id, document, target, choices, call);
  }

  /** For generated text the reference itself, where the target is the index of a choice. */
  private String logged(Object target, List<String> choices) {
    return task.outputType() == OutputType.GENERATE_UNTIL
            && target instanceof Long index
            && !choices.isEmpty()
        ? choice(choices, index)
        : PythonText.str(target);
  }

  private String choice(List<String> choices, long index) {
    if (index >= choices.size()) {
      throw texts.failure(
          "doc_to_target", "an index below %d, found %d".formatted(choices.size(), index));
    }
    return choices.get((int) index);
  }

  private ModelCall manyContexts(
      Document document, List<Message> header, List<String> choices, Object target) {
    String continuation = contexts.targetDelimiter() + PythonText.str(target);
    String prefix = texts.genPrefix(document);
    return new ModelCall.Loglikelihood(
        choices.stream()
            .map(
                choice -> new ModelCall.Pair(contexts.of(header, choice, prefix, ""), continuation))
            .toList());
  }

  private ModelCall call(PromptText context, List<String> choices, Object target) {
    return switch (task.outputType()) {
      case MULTIPLE_CHOICE ->
          new ModelCall.Loglikelihood(
              choices.stream()
                  .map(choice -> new ModelCall.Pair(context, contexts.targetDelimiter() + choice))
                  .toList());
      case LOGLIKELIHOOD ->
          new ModelCall.Loglikelihood(List.of(new ModelCall.Pair(context, PythonText.str(target))));
      case GENERATE_UNTIL ->
          new ModelCall.GenerateUntil(context, task.generationKwargs(), task.repeats());
      case LOGLIKELIHOOD_ROLLING -> throw new IllegalStateException("has no context");
    };
  }
}
