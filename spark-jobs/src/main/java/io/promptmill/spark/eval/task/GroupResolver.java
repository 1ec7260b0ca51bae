package io.promptmill.spark.eval.task;

import io.promptmill.spark.eval.task.GroupDefinition.GroupMetric;
import io.promptmill.spark.eval.task.GroupReader.LoadedGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what group files name into members, and checks that groups form no circle. */
final class GroupResolver {

  private final Map<String, TaskDefinition> tasks;
  private final Map<String, LoadedGroup> loaded;
  private final TaskNames names;
  private final Map<String, Set<String>> members = new LinkedHashMap<>();

  GroupResolver(
      Map<String, TaskDefinition> tasks, Map<String, LoadedGroup> loaded, TaskNames names) {
    this.tasks = tasks;
    this.loaded = loaded;
    this.names = names;
  }

  Map<String, GroupDefinition> resolve() {
    loaded.values().forEach(group -> members.put(group.group().name(), membersOf(group)));
    Map<String, GroupDefinition> resolved = new LinkedHashMap<>();
    for (LoadedGroup group : loaded.values()) {
      Set<String> within = new LinkedHashSet<>();
      collect(group, group.group().name(), new ArrayList<>(), within);
      resolved.put(group.group().name(), withMembers(group, within));
    }
    return resolved;
  }

  private Set<String> membersOf(LoadedGroup group) {
    Set<String> found = new LinkedHashSet<>();
    for (String reference : group.group().members()) {
      found.addAll(
          names
              .resolve(reference)
              .orElseThrow(
                  () ->
                      group
                          .members()
                          .failure(
                              "group '%s' names '%s', which is no task, group or tag%s"
                                  .formatted(
                                      group.group().name(), reference, names.hint(reference)))));
    }
    return found;
  }

  /** Names of the tasks at any depth. */
  private void collect(LoadedGroup root, String group, List<String> path, Set<String> within) {
    if (path.contains(group)) {
      throw root.members()
          .failure("groups contain each other in a circle: " + String.join(", ", path));
    }
    path.add(group);
    for (String member : members.get(group)) {
      if (loaded.containsKey(member)) {
        collect(root, member, path, within);
      } else {
        within.add(member);
      }
    }
    path.remove(path.size() - 1);
  }

  private GroupDefinition withMembers(LoadedGroup group, Set<String> within) {
    GroupDefinition read = group.group();
    List<GroupMetric> metrics = new ArrayList<>();
    for (GroupMetric metric : read.metrics()) {
      Set<String> filters = new LinkedHashSet<>();
      for (String name : within) {
        TaskDefinition task = tasks.get(name);
        if (task.metrics().stream().anyMatch(own -> own.metric().equals(metric.metric()))) {
          task.filters().forEach(filter -> filters.add(filter.name()));
        }
      }
      if (filters.isEmpty()) {
        throw group
            .members()
            .failure(
                "group '%s' aggregates '%s', which none of its tasks has"
                    .formatted(read.name(), metric.metric()));
      }
      metrics.add(
          metric.filters().isEmpty()
              ? new GroupMetric(metric.metric(), metric.weightBySize(), List.copyOf(filters))
              : metric);
    }
    return new GroupDefinition(
        read.name(), read.alias(), read.version(), List.copyOf(members.get(read.name())), metrics);
  }
}
