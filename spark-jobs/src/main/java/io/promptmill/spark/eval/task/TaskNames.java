package io.promptmill.spark.eval.task;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a reference stands for: names of tasks and groups, by name, tag or wildcard. */
final class TaskNames {

  /** Names of tasks and groups for every name that can be referred to. */
  private final Map<String, List<String>> meanings = new LinkedHashMap<>();

  private final Set<String> tags = new LinkedHashSet<>();

  private TaskNames() {}

  static TaskNames of(Collection<TaskDefinition> tasks, Collection<String> groups) {
    TaskNames names = new TaskNames();
    groups.forEach(group -> names.meanings.put(group, List.of(group)));
    tasks.forEach(task -> names.meanings.put(task.name(), List.of(task.name())));
    for (TaskDefinition task : tasks) {
      for (String tag : task.tags()) {
        if (names.meanings.containsKey(tag) && !names.tags.contains(tag)) {
          throw new PromptmillException(
              ErrorCode.OPTION_INVALID,
              "%s: tag '%s' has the name of a task or group".formatted(task.origin(), tag));
        }
        names.tags.add(tag);
        names.meanings.computeIfAbsent(tag, name -> new ArrayList<>()).add(task.name());
      }
    }
    return names;
  }

  Set<String> tags() {
    return tags;
  }

  /** Names of tasks and groups, each once; empty if nothing has the name. */
  Optional<List<String>> resolve(String reference) {
    if (reference.indexOf('*') < 0 && reference.indexOf('?') < 0) {
      return Optional.ofNullable(meanings.get(reference)).map(List::copyOf);
    }
    Pattern wildcard =
        Pattern.compile(
            Pattern.quote(reference).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"),
            Pattern.DOTALL);
    Set<String> found = new LinkedHashSet<>();
    meanings.forEach(
        (name, meaning) -> {
          if (wildcard.matcher(name).matches()) {
            found.addAll(meaning);
          }
        });
    return found.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(found));
  }

  String hint(String reference) {
    return NearestName.hint(reference, meanings.keySet());
  }
}
