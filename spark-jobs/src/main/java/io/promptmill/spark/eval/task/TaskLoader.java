package io.promptmill.spark.eval.task;

import io.promptmill.spark.eval.task.GroupReader.LoadedGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One file to the tasks and groups that it defines. */
final class TaskLoader {

  /** Keys of lm-evaluation-harness without a meaning here, and what to write instead. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "dataset_path", "name the files in 'dataset'",
          "dataset_name", "name the files in 'dataset'",
          "dataset_kwargs", "name the files in 'dataset'",
          "custom_dataset", "name the files in 'dataset'",
          "process_docs", "shape documents in 'dataset.document'",
          "process_results", "choose metrics in 'metric_list'",
          "use_prompt", "write 'doc_to_text'",
          "class", "describe the task with the keys of tasks/README.md");

  private final TaskReader tasks;

  TaskLoader(ScoringNames names) {
    tasks = new TaskReader(new ScoringReader(names));
  }

  Loaded load(TaskSource source) {
    TaskFile file = TaskFile.read(source);
    YamlMapping keys = file.keys();
    keys.values()
        .forEach(
            (key, value) -> {
              if (FOREIGN.containsKey(key)) {
                throw value.failure(
                    "key '%s' of lm-evaluation-harness has no meaning here: %s"
                        .formatted(key, FOREIGN.get(key)));
              }
            });
    if (keys.get("group").isPresent()) {
      return new Loaded(List.of(), List.of(GroupReader.read(file.origin(), keys)));
    }
    Set<String> allowed = new HashSet<>(TaskReader.KEYS);
    allowed.addAll(List.of("include", "subjects", "groups"));
    keys.allowOnly(allowed);
    TemplateCheck.check(keys);
    List<TaskDefinition> read = new ArrayList<>();
    for (YamlMapping subject : Subjects.expand(keys)) {
      read.add(tasks.read(file.origin(), subject));
    }
    List<LoadedGroup> groups = new ArrayList<>();
    keys.get("groups")
        .ifPresent(
            list ->
                list.elements()
                    .forEach(
                        group -> groups.add(GroupReader.read(file.origin(), group.mapping()))));
    return new Loaded(read, groups);
  }

  record Loaded(List<TaskDefinition> tasks, List<LoadedGroup> groups) {}
}
