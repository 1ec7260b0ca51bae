package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.run.GroupRun;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree of groups and tasks over several runs; a group's members are those of all runs. */
public final class Outline {
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> placed = new LinkedHashSet<>();
  private final List<Scope> scopes = new ArrayList<>();

  private Outline() {}

  /** Every group and task once, each group before its members. */
  public static List<Scope> of(List<Run> runs) {
    Outline outline = new Outline();
    for (Run run : runs) {
      for (GroupRun group : run.groups()) {
        outline.aliases.putIfAbsent(group.name(), group.alias());
        outline
            .members
            .computeIfAbsent(group.name(), name -> new LinkedHashSet<>())
            .addAll(group.members());
      }
      for (TaskRun task : run.tasks()) {
        outline.aliases.putIfAbsent(task.name(), task.alias());
        outline.tasks.add(task.name());
      }
    }
    return outline.scopes();
  }

  private List<Scope> scopes() {
    Set<String> inner = new LinkedHashSet<>();
    members.values().forEach(inner::addAll);
    members.keySet().stream().filter(name -> !inner.contains(name)).forEach(name -> place(name, 0));
    members.keySet().forEach(name -> place(name, 0)); // groups that hold each other
    tasks.forEach(name -> place(name, 0));
    return List.copyOf(scopes);
  }

  private void place(String name, int depth) {
    boolean isGroup = members.containsKey(name);
    if ((!isGroup && !tasks.contains(name)) || !placed.add(name)) {
      return;
    }
    Set<String> within = new LinkedHashSet<>();
    collect(name, within, new LinkedHashSet<>());
    scopes.add(new Scope(name, aliases.get(name), isGroup, depth, List.copyOf(within)));
    for (String member : members.getOrDefault(name, Set.of())) {
      place(member, depth + 1);
    }
  }

  private void collect(String name, Set<String> within, Set<String> seen) {
    if (!seen.add(name)) {
      return;
    }
    if (members.containsKey(name)) {
      members.get(name).forEach(member -> collect(member, within, seen));
    } else if (tasks.contains(name)) {
      within.add(name);
    }
  }
}
