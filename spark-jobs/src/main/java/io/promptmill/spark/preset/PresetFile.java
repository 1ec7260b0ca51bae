package io.promptmill.spark.preset;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.conf.PresetKeys;
import io.promptmill.spark.conf.PresetValue;
import io.promptmill.spark.io.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a preset; whatever is wrong is said with file and line. */
final class PresetFile {
  private static final List<String> KEYS = List.of("job", "description", "columns", "options");

  private final String origin;

  private PresetFile(String origin) {
    this.origin = origin;
  }

  /**
   * @param name as the user named it
   * @param origin for errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for malformed YAML, an
   *     unknown key or an option that a preset cannot set
   */
  static Preset parse(String name, String origin, String text) {
    return new PresetFile(origin).parse(name, text);
  }

  private Preset parse(String name, String text) {
    Node root =
        YamlText.root(origin, text)
            .orElseThrow(
                () ->
                    new PromptmillException(
                        ErrorCode.OPTION_INVALID,
                        origin + ":1: expected a preset, found an empty file"));
    Map<String, Node> keys = mapping(root, "a preset");
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      if (!KEYS.contains(key.getKey())) {
        throw failure(
            key.getValue(),
            "expected %s, found '%s'%s"
                .formatted(
                    String.join(", ", KEYS), key.getKey(), NearestName.hint(key.getKey(), KEYS)));
      }
    }
    Map<String, String> columns = new LinkedHashMap<>();
    if (keys.containsKey("columns")) {
      mapping(keys.get("columns"), "columns")
          .forEach((column, node) -> columns.put(column, scalar(node, column)));
    }
    String job = scalar(required(keys, "job", root), "job");
    String description =
        keys.containsKey("description") ? scalar(keys.get("description"), "description") : "";
    return new Preset(
        name,
        job,
        description,
        columns,
        values(job, keys.get("job"), required(keys, "options", root)),
        text);
  }

  private Map<String, PresetValue> values(String job, Node place, Node options) {
    if (!PresetKeys.SETTABLE.containsKey(job)) {
      throw failure(
          place,
          "job: expected one of %s, found '%s'"
              .formatted(String.join(", ", new TreeSet<>(PresetKeys.SETTABLE.keySet())), job));
    }
    Map<String, ConfKey<?>> settable = new LinkedHashMap<>();
    PresetKeys.SETTABLE.get(job).forEach(key -> settable.put(key.option().substring(2), key));
    Map<String, PresetValue> values = new LinkedHashMap<>();
    mapping(options, "options")
        .forEach(
            (name, node) -> {
              ConfKey<?> key =
                  Optional.<ConfKey<?>>ofNullable(settable.get(name))
                      .orElseThrow(
                          () ->
                              failure(
                                  node,
                                  "expected an option of %s that a preset can set, found '%s'%s; these are: %s"
                                      .formatted(
                                          job,
                                          name,
                                          NearestName.hint(name, settable.keySet()),
                                          String.join(", ", settable.keySet()))));
              values.put(
                  key.option(),
                  new PresetValue(
                      texts(name, node), "%s:%d: %s".formatted(origin, YamlText.line(node), name)));
            });
    return values;
  }

  /** A scalar is one text, a list several, a mapping several {@code key=value}. */
  private List<String> texts(String name, Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(each -> scalar(each, name)).toList();
    }
    if (node instanceof MappingNode) {
      List<String> pairs = new ArrayList<>();
      mapping(node, name)
          .forEach(
              (key, value) -> {
                if (key.contains("=")) {
                  throw failure(value, name + ": expected a key without '=', found '" + key + "'");
                }
                pairs.add(key + "=" + scalar(value, name));
              });
      return pairs;
    }
    return List.of(scalar(node, name));
  }

  private Node required(Map<String, Node> keys, String key, Node root) {
    if (!keys.containsKey(key)) {
      throw failure(root, "expected the key '" + key + "', found none");
    }
    return keys.get(key);
  }

  private Map<String, Node> mapping(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw failure(node, what + ": expected keys with values");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = scalar(entry.getKeyNode(), what);
      if (values.put(key, entry.getValueNode()) != null) {
        throw failure(entry.getKeyNode(), what + ": '" + key + "' is there twice");
      }
    }
    return values;
  }

  private String scalar(Node node, String what) {
    if (!(node instanceof ScalarNode scalar)) {
      throw failure(node, what + ": expected a text");
    }
    return scalar.getValue();
  }

  private PromptmillException failure(Node node, String problem) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "%s:%d: %s".formatted(origin, YamlText.line(node), problem));
  }
}
