package io.promptmill.spark.eval.task;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a task file with its place.
 *
 * @param name path of keys to it, for messages
 * @param origin file that has it, which an {@code include} may have brought
 * @param line of its key, or of itself in a list; from 1
 */
record YamlValue(String name, String origin, int line, Node node) {

  static YamlValue of(String name, String origin, Node node) {
    return new YamlValue(name, origin, node.getStartMark().getLine() + 1, node);
  }

  /** {@code file:line: problem}. */
  PromptmillException failure(String problem) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "%s:%d: %s".formatted(origin, line, problem));
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isText() {
    return node.getTag().equals(Tag.STR);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  String text() {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.STR)) {
      return scalar.getValue();
    }
    throw expected("text" + (node instanceof ScalarNode ? " (quote it)" : ""));
  }

  /** Text or a number, as it is written. */
  String scalar() {
    if (node instanceof ScalarNode scalar
        && (node.getTag().equals(Tag.STR)
            || node.getTag().equals(Tag.INT)
            || node.getTag().equals(Tag.FLOAT))) {
      return scalar.getValue();
    }
    throw expected("text or a number");
  }

  int integer(int minimum) {
    if (node.getTag().equals(Tag.INT) && plain() instanceof Long number && number >= minimum) {
      return Math.toIntExact(number);
    }
    throw expected("a whole number of at least " + minimum);
  }

  boolean truth() {
    if (node.getTag().equals(Tag.BOOL)) {
      return (Boolean) plain();
    }
    throw expected("true or false");
  }

  /** A list's elements. */
  List<YamlValue> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list");
    }
    List<YamlValue> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(of(name + "[" + elements.size() + "]", origin, element));
    }
    return elements;
  }

  /** A list of texts; one text counts as a list of one. */
  List<String> texts() {
    return isList() ? elements().stream().map(YamlValue::text).toList() : List.of(text());
  }

  YamlMapping mapping() {
    if (!(node instanceof MappingNode mapping)) {
      throw expected("keys with values");
    }
    return YamlMapping.of(name, origin, mapping);
  }

  /** String, Long, Double, Boolean, List, Map in file order, or null. */
  Object plain() {
    if (node instanceof SequenceNode) {
      List<Object> list = new ArrayList<>();
      elements().forEach(element -> list.add(element.plain()));
      return list;
    }
    if (node instanceof MappingNode) {
      return mapping().plain();
    }
    String written = ((ScalarNode) node).getValue();
    Tag tag = node.getTag();
    try {
      if (tag.equals(Tag.STR)) {
        return written;
      } else if (tag.equals(Tag.INT)) {
        return Long.decode(written.replace("_", ""));
      } else if (tag.equals(Tag.FLOAT)) {
        return Double.valueOf(written.replace("_", ""));
      } else if (tag.equals(Tag.BOOL)) {
        return switch (written.toLowerCase(Locale.ROOT)) {
          case "true", "yes", "on" -> true;
          default -> false;
        };
      } else if (tag.equals(Tag.NULL)) {
        return null;
      }
    } catch (NumberFormatException e) {
      throw expected("a decimal number");
    }
    throw expected("text, a number, true, false, null, a list or keys with values");
  }

  /** {@link #plain} of keys with values, none of them null. */
  Map<String, Object> plainMapping() {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping().values().forEach((key, value) -> values.put(key, value.present().plain()));
    return values;
  }

  YamlValue present() {
    if (isNull()) {
      throw expected("a value");
    }
    return this;
  }

  PromptmillException expected(String what) {
    if (node.getTag().getValue().equals("!function")) {
      return failure(
          "'%s' calls Python, which task files here cannot; write Jinja".formatted(name));
    }
    return failure("'%s' must be %s, found %s".formatted(name, what, found()));
  }

  private String found() {
    if (node instanceof ScalarNode scalar) {
      return node.getTag().equals(Tag.NULL)
          ? "nothing"
          : node.getTag().equals(Tag.STR)
              ? "'" + scalar.getValue() + "'"
              : node.getTag().getClassName() + " " + scalar.getValue();
    }
    return node instanceof SequenceNode ? "a list" : "keys with values";
  }
}
