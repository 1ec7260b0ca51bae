package io.promptmill.spark.eval.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One file for all subjects of a suite: {@code {name}} in a value stands for the subject's own word
 * of that name. Names that no subject has stay as they are, and so do Jinja's double braces.
 */
final class Subjects {

  private static final Pattern PLACE = Pattern.compile("(?<!\\{)\\{(\\w+)\\}(?!\\})");

  private Subjects() {}

  /** The file's keys, once for each subject; once as they are where there are no subjects. */
  static List<YamlMapping> expand(YamlMapping keys) {
    if (keys.get("subjects").isEmpty()) {
      return List.of(keys);
    }
    List<YamlMapping> expanded = new ArrayList<>();
    words(keys.require("subjects"))
        .forEach(
            (subject, words) -> {
              Map<String, YamlValue> values = new LinkedHashMap<>();
              keys.values()
                  .forEach(
                      (key, value) ->
                          values.put(
                              key,
                              new YamlValue(
                                  value.name(),
                                  value.origin(),
                                  value.line(),
                                  filled(value.node(), words))));
              values.remove("subjects");
              expanded.add(new YamlMapping(keys.place(), values));
            });
    return expanded;
  }

  /** Words by name for each subject; two of them have defaults. */
  private static Map<String, Map<String, String>> words(YamlValue subjects) {
    Map<String, Map<String, String>> bySubject = new LinkedHashMap<>();
    if (subjects.isList()) {
      subjects.texts().forEach(subject -> bySubject.put(subject, defaults(subject)));
      return bySubject;
    }
    subjects
        .mapping()
        .values()
        .forEach(
            (subject, own) -> {
              Map<String, String> words = defaults(subject);
              if (!own.isNull()) {
                own.mapping().values().forEach((name, word) -> words.put(name, word.scalar()));
              }
              bySubject.put(subject, words);
            });
    return bySubject;
  }

  private static Map<String, String> defaults(String subject) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("subject", subject);
    words.put("words", subject.replace('_', ' '));
    return words;
  }

  private static Node filled(Node node, Map<String, String> words) {
    if (node instanceof ScalarNode scalar) {
      String text =
          PLACE
              .matcher(scalar.getValue())
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(words.getOrDefault(found.group(1), found.group())));
      return new ScalarNode(
          node.getTag(), text, node.getStartMark(), node.getEndMark(), scalar.getScalarStyle());
    }
    if (node instanceof SequenceNode sequence) {
      return new SequenceNode(
          node.getTag(),
          true,
          sequence.getValue().stream().map(element -> filled(element, words)).toList(),
          node.getStartMark(),
          node.getEndMark(),
          sequence.getFlowStyle());
    }
    MappingNode mapping = (MappingNode) node;
    return new MappingNode(
        node.getTag(),
        true,
        mapping.getValue().stream()
            .map(entry -> new NodeTuple(entry.getKeyNode(), filled(entry.getValueNode(), words)))
            .toList(),
        node.getStartMark(),
        node.getEndMark(),
        mapping.getFlowStyle());
  }
}
