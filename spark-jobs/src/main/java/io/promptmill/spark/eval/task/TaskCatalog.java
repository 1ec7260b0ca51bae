package io.promptmill.spark.eval.task;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.task.GroupReader.LoadedGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * All tasks and groups that {@code --tasks} can name: the packaged ones and those of the user's
 * files. Immutable.
 */
public final class TaskCatalog {

  private final Map<String, TaskDefinition> tasks;
  private final Map<String, GroupDefinition> groups;
  private final Map<String, String> groupFiles;
  private final TaskNames names;

  private TaskCatalog(
      Map<String, TaskDefinition> tasks,
      Map<String, GroupDefinition> groups,
      Map<String, String> groupFiles,
      TaskNames names) {
    this.tasks = tasks;
    this.groups = groups;
    this.groupFiles = groupFiles;
    this.names = names;
  }

  /**
   * Reads every task file.
   *
   * @param includePaths URIs of task files and of folders with task files, on any Hadoop file
   *     system
   * @throws PromptmillException with {@code OPTION_INVALID} naming file and line of the first
   *     problem: malformed YAML, an unknown or missing key, a wrong type, an unknown filter, metric
   *     or member of a group, a name that is taken, includes or groups in a circle
   */
  public static TaskCatalog load(
      List<String> includePaths, Configuration hadoop, ScoringNames scoring) {
    Set<TaskSource> sources = new LinkedHashSet<>(TaskSource.packaged());
    includePaths.forEach(uri -> sources.addAll(TaskSource.at(uri, hadoop)));
    return of(sources, scoring);
  }

  static TaskCatalog of(Set<TaskSource> sources, ScoringNames scoring) {
    TaskLoader loader = new TaskLoader(scoring);
    Map<String, TaskDefinition> tasks = new LinkedHashMap<>();
    Map<String, LoadedGroup> groups = new LinkedHashMap<>();
    Map<String, String> files = new LinkedHashMap<>();
    for (TaskSource source : sources) {
      TaskLoader.Loaded loaded = loader.load(source);
      for (TaskDefinition task : loaded.tasks()) {
        claim(files, task.name(), task.origin());
        tasks.put(task.name(), task);
      }
      for (LoadedGroup group : loaded.groups()) {
        claim(files, group.group().name(), group.origin());
        groups.put(group.group().name(), group);
      }
    }
    TaskNames names = TaskNames.of(tasks.values(), groups.keySet());
    Map<String, GroupDefinition> resolved = new GroupResolver(tasks, groups, names).resolve();
    Map<String, String> groupFiles = new LinkedHashMap<>();
    groups.forEach((name, group) -> groupFiles.put(name, group.origin()));
    return new TaskCatalog(
        Collections.unmodifiableMap(tasks),
        Collections.unmodifiableMap(resolved),
        groupFiles,
        names);
  }

  private static void claim(Map<String, String> files, String name, String origin) {
    String earlier = files.put(name, origin);
    if (earlier != null) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: name '%s' is taken by %s; names of tasks and groups must differ"
              .formatted(origin, name, earlier));
    }
  }

  /** By name, in the order of files and of subjects in them. */
  public Map<String, TaskDefinition> tasks() {
    return tasks;
  }

  /** By name, in the order of files; members are names of tasks and groups. */
  public Map<String, GroupDefinition> groups() {
    return groups;
  }

  /**
   * What {@code --tasks} asks for.
   *
   * @param requested names of tasks, groups and tags, and wildcards with {@code *} and {@code ?};
   *     each may be a list with commas
   * @throws PromptmillException with {@code OPTION_INVALID} naming the nearest name if nothing has
   *     the name, or if nothing is asked for
   */
  public TaskSelection select(List<String> requested) {
    Set<String> selectedTasks = new LinkedHashSet<>();
    Set<String> selectedGroups = new LinkedHashSet<>();
    for (String list : requested) {
      for (String part : list.split(",", -1)) {
        String reference = part.strip();
        if (reference.isEmpty()) {
          continue;
        }
        for (String name : named(reference)) {
          expand(name, selectedTasks, selectedGroups);
        }
      }
    }
    if (selectedTasks.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--tasks: expected names of tasks, found none (--list-tasks lists them)");
    }
    return new TaskSelection(
        selectedTasks.stream().map(tasks::get).toList(),
        selectedGroups.stream().map(groups::get).toList());
  }

  private List<String> named(String reference) {
    return names
        .resolve(reference)
        .orElseThrow(
            () ->
                new PromptmillException(
                    ErrorCode.OPTION_INVALID,
                    "--tasks: expected the name of a task, group or tag, found '%s'%s; --list-tasks lists them"
                        .formatted(reference, names.hint(reference))));
  }

  private void expand(String name, Set<String> intoTasks, Set<String> intoGroups) {
    GroupDefinition group = groups.get(name);
    if (group == null) {
      intoTasks.add(name);
    } else {
      intoGroups.add(name);
      group.members().forEach(member -> expand(member, intoTasks, intoGroups));
    }
  }

  /** Everything by name: groups, then tags, then tasks. */
  public List<Listed> list() {
    List<Listed> listed = new ArrayList<>();
    groups.forEach(
        (name, group) ->
            listed.add(
                new Listed(
                    name,
                    Kind.GROUP,
                    Optional.of(group.version()),
                    OptionalInt.empty(),
                    Optional.of(groupFiles.get(name)))));
    for (String tag : names.tags()) {
      listed.add(
          new Listed(tag, Kind.TAG, Optional.empty(), OptionalInt.empty(), Optional.empty()));
    }
    tasks.forEach(
        (name, task) ->
            listed.add(
                new Listed(
                    name,
                    Kind.TASK,
                    Optional.of(task.version()),
                    OptionalInt.of(task.numFewshot().orElse(0)),
                    Optional.of(task.origin()))));
    return listed;
  }

  /** What a name stands for. */
  public enum Kind {
    GROUP,
    TAG,
    TASK
  }

  /**
   * A line of {@code --list-tasks}.
   *
   * @param version of a task or group
   * @param fewShot examples by default, of a task
   * @param file of a task or group
   */
  public record Listed(
      String name,
      Kind kind,
      Optional<String> version,
      OptionalInt fewShot,
      Optional<String> file) {}
}
