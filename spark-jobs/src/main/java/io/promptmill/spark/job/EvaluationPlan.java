package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.EvaluationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.document.DataRoots;
import io.promptmill.spark.eval.document.DocumentSource;
import io.promptmill.spark.eval.document.SplitNeed;
import io.promptmill.spark.eval.prompt.PromptBuilder;
import io.promptmill.spark.eval.prompt.PromptOptions;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.FewShotDefinition;
import io.promptmill.spark.eval.task.GroupDefinition;
import io.promptmill.spark.eval.task.TaskDefinition;
import io.promptmill.spark.eval.task.TaskSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run asks of every model: the selected tasks with the items of their documents.
 *
 * @param groups to report
 */
record EvaluationPlan(List<Questions> tasks, List<GroupDefinition> groups) {

  /**
   * One task's part.
   *
   * @param task as it is evaluated, with the split that is
   * @param shots examples in each prompt
   * @param documents of the split, asked or not
   */
  record Questions(TaskDefinition task, int shots, int documents, List<EvaluationItem> items) {}

  static PromptOptions prompts(PromptmillConf conf) {
    boolean chat = conf.get(EvaluationKeys.APPLY_CHAT_TEMPLATE);
    Optional<Integer> shots = conf.find(EvaluationKeys.NUM_FEWSHOT);
    return new PromptOptions(
        shots.isPresent() ? OptionalInt.of(shots.get()) : OptionalInt.empty(),
        chat,
        conf.find(EvaluationKeys.FEWSHOT_AS_MULTITURN).orElse(true),
        conf.find(EvaluationKeys.SYSTEM_INSTRUCTION).orElse(""),
        conf.get(EvaluationKeys.SEED));
  }

  /**
   * Reads the documents and puts the prompts together.
   *
   * @throws PromptmillException with {@code OPTION_INVALID} if files are missing or there is
   *     nothing to ask, with {@code TEMPLATE_FAILED} if a document does not suit its task
   */
  static EvaluationPlan of(TaskSelection selection, PromptmillConf conf, Configuration hadoop)
      throws IOException {
    PromptOptions options = prompts(conf);
    DocumentSource source =
        new DocumentSource(
            new DataRoots(
                conf.find(EvaluationKeys.DATA),
                conf.find(EvaluationKeys.DATA_LOCATION).orElse(Map.of())),
            hadoop);
    List<TaskDefinition> tasks = new ArrayList<>();
    Set<SplitNeed> needs = new LinkedHashSet<>();
    for (TaskDefinition selected : selection.tasks()) {
      TaskDefinition task =
          conf.find(EvaluationKeys.SPLIT).map(s -> on(selected, s)).orElse(selected);
      tasks.add(task);
      needs.add(evaluated(task));
      examples(task, options).ifPresent(needs::add);
    }
    source.requireFiles(needs);
    int from = conf.get(EvaluationKeys.OFFSET);
    int limit = conf.find(PromptmillKeys.LIMIT).orElse(Integer.MAX_VALUE);
    int to = (int) Math.min(Integer.MAX_VALUE, (long) from + limit);
    List<Questions> questions = new ArrayList<>();
    // the subjects of a suite often share a file
    Map<SplitNeed, List<Document>> read = new HashMap<>();
    for (TaskDefinition task : tasks) {
      List<Document> documents = read(source, evaluated(task), read);
      Optional<SplitNeed> examples = examples(task, options);
      List<Document> pool = examples.isPresent() ? read(source, examples.get(), read) : List.of();
      questions.add(
          new Questions(
              task,
              PromptBuilder.shots(task, options),
              documents.size(),
              new PromptBuilder(task, documents, pool, options).items(from, to)));
    }
    if (questions.stream().allMatch(each -> each.items().isEmpty())) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--offset, --limit: expected a document to evaluate, found none between %d and %d"
              .formatted(from, to));
    }
    return new EvaluationPlan(questions, selection.groups());
  }

  /** The task on another split. */
  private static TaskDefinition on(TaskDefinition task, String split) {
    DatasetDefinition dataset = task.dataset();
    FewShotDefinition fewShot = task.fewShot();
    return new TaskDefinition(
        task.name(),
        task.alias(),
        task.tags(),
        task.version(),
        task.outputType(),
        new DatasetDefinition(
            dataset.suite(),
            dataset.files(),
            dataset.columns(),
            dataset.document(),
            split,
            dataset.howToGet()),
        task.prompt(),
        new FewShotDefinition(
            fewShot.split(),
            fewShot.samples().isEmpty() && split.equals(fewShot.split()),
            fewShot.sampler(),
            fewShot.samples(),
            fewShot.prompt()),
        task.numFewshot(),
        task.generationKwargs(),
        task.repeats(),
        task.filters(),
        task.metrics(),
        task.origin());
  }

  private static SplitNeed evaluated(TaskDefinition task) {
    return new SplitNeed(task.dataset(), task.dataset().evalSplit());
  }

  /** Nothing where there are no examples, or the task brings them. */
  private static Optional<SplitNeed> examples(TaskDefinition task, PromptOptions options) {
    boolean reads = PromptBuilder.shots(task, options) > 0 && task.fewShot().samples().isEmpty();
    return reads
        ? Optional.of(new SplitNeed(task.dataset(), task.fewShot().split()))
        : Optional.empty();
  }

  private static List<Document> read(
      DocumentSource source, SplitNeed need, Map<SplitNeed, List<Document>> read)
      throws IOException {
    List<Document> documents = read.get(need);
    if (documents == null) {
      documents = source.read(need.dataset(), need.split());
      read.put(need, documents);
    }
    return documents;
  }

  List<EvaluationItem> items() {
    return tasks.stream().flatMap(task -> task.items().stream()).toList();
  }
}
