package io.promptmill.spark.eval.task;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a group: a file of its own, or an entry of {@code groups} beside the tasks. */
final class GroupReader {

  static final Set<String> KEYS =
      Set.of("group", "group_alias", "task", "aggregate_metric_list", "metadata", "version");

  private static final Set<String> METRIC_KEYS =
      Set.of("metric", "aggregation", "weight_by_size", "filter_list");

  private GroupReader() {}

  /**
   * Members are as written: names, tags and wildcards. Without {@code filter_list}, a metric has no
   * filters yet, which stands for all that its members have.
   */
  static LoadedGroup read(String origin, YamlMapping keys) {
    keys.allowOnly(KEYS);
    YamlValue name = keys.require("group");
    YamlValue members = keys.require("task");
    GroupDefinition group =
        new GroupDefinition(
            TaskReader.checkedName(name),
            keys.text("group_alias", name.text()),
            TaskReader.version(keys),
            members.texts(),
            keys.get("aggregate_metric_list").map(GroupReader::metrics).orElse(List.of()));
    if (group.members().isEmpty()) {
      throw members.expected("a list with at least one name");
    }
    return new LoadedGroup(group, origin, members);
  }

  private static List<GroupDefinition.GroupMetric> metrics(YamlValue list) {
    return list.elements().stream().map(GroupReader::metric).toList();
  }

  private static GroupDefinition.GroupMetric metric(YamlValue entry) {
    YamlMapping keys = entry.mapping();
    keys.allowOnly(METRIC_KEYS);
    Optional<YamlValue> aggregation = keys.get("aggregation");
    if (aggregation.isPresent() && !aggregation.get().text().equals("mean")) {
      throw aggregation.get().expected("mean");
    }
    return new GroupDefinition.GroupMetric(
        keys.require("metric").text(),
        keys.get("weight_by_size").map(YamlValue::truth).orElse(true),
        keys.get("filter_list").map(YamlValue::texts).orElse(List.of()));
  }

  /**
   * A group whose members are not resolved yet.
   *
   * @param members for messages
   */
  record LoadedGroup(GroupDefinition group, String origin, YamlValue members) {}
}
