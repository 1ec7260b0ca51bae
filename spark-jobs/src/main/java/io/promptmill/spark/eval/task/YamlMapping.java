package io.promptmill.spark.eval.task;

import io.promptmill.spark.conf.NearestName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Keys with values, in file order.
 *
 * @param place the whole, for messages
 * @param values values by key; their own place is that of the value
 */
record YamlMapping(YamlValue place, Map<String, YamlValue> values) {
  YamlMapping {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static YamlMapping of(String name, String origin, MappingNode node) {
    Map<String, YamlValue> values = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      YamlValue key = YamlValue.of(name, origin, entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        throw key.failure("a key must be text");
      }
      String path = name.isEmpty() ? scalar.getValue() : name + "." + scalar.getValue();
      YamlValue value = new YamlValue(path, origin, key.line(), entry.getValueNode());
      if (values.put(scalar.getValue(), value) != null) {
        throw key.failure("key '%s' stands twice".formatted(path));
      }
    }
    return new YamlMapping(YamlValue.of(name, origin, node), values);
  }

  /** The value of a key; null counts as absent. */
  Optional<YamlValue> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isNull());
  }

  YamlValue require(String key) {
    return get(key)
        .orElseThrow(
            () ->
                place.failure(
                    place.name().isEmpty()
                        ? "key '%s' is missing".formatted(key)
                        : "key '%s' is missing in '%s'".formatted(key, place.name())));
  }

  String text(String key, String otherwise) {
    return get(key).map(YamlValue::text).orElse(otherwise);
  }

  /** Fails at the first key that is not allowed. */
  void allowOnly(Set<String> allowed) {
    values.forEach(
        (key, value) -> {
          if (!allowed.contains(key)) {
            throw value.failure(
                "unknown key '%s'%s; allowed: %s"
                    .formatted(
                        value.name(),
                        NearestName.hint(key, allowed),
                        String.join(", ", new TreeSet<>(allowed))));
          }
        });
  }

  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    values.forEach((key, value) -> plain.put(key, value.plain()));
    return plain;
  }
}
