package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.text.python.PythonRegex;
import io.promptmill.text.python.PythonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of one filter or metric as its file gives them. Each read names the argument, so
 * that what is left unread is unknown. All reads throw {@link PromptmillException} with {@link
 * ErrorCode#OPTION_INVALID} if the value has another type.
 */
final class Arguments {
  private final String owner;
  private final Map<String, Object> values;
  private final Set<String> read = new LinkedHashSet<>();

  /**
   * @param owner kind and name, such as {@code filter 'regex'}, for messages
   */
  Arguments(String owner, Map<String, Object> values) {
    this.owner = owner;
    this.values = values;
  }

  String text(String name, String otherwise) {
    if (value(name, otherwise) instanceof String text) {
      return text;
    }
    throw wrong(name, "text");
  }

  /** Of any type, for a value that filters hand on. */
  Object any(String name, Object otherwise) {
    return value(name, otherwise);
  }

  int integer(String name, int otherwise) {
    Object value = value(name, otherwise);
    if (value instanceof Integer || value instanceof Long) {
      return Math.toIntExact(((Number) value).longValue());
    }
    throw wrong(name, "an integer");
  }

  /** At least 1. */
  int required(String name) {
    if (!values.containsKey(name)) {
      throw error("%s needs the argument '%s'".formatted(owner, name));
    }
    int value = integer(name, 0);
    if (value < 1) {
      throw wrong(name, "at least 1");
    }
    return value;
  }

  boolean flag(String name) {
    if (value(name, false) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  List<String> texts(String name) {
    if (value(name, List.of()) instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw wrong(name, "a list of texts");
  }

  Map<?, ?> map(String name) {
    if (value(name, Map.of()) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(name, "a mapping");
  }

  PythonRegex regex(String name, String otherwise) {
    return compile(name, text(name, otherwise));
  }

  List<PythonRegex> regexes(String name) {
    return texts(name).stream().map(source -> compile(name, source)).toList();
  }

  /** Refuses what no read named. */
  void refuseOthers() {
    for (String name : values.keySet()) {
      if (!read.contains(name)) {
        throw error(
            "%s knows no argument '%s'%s; it takes %s"
                .formatted(
                    owner,
                    name,
                    NearestName.hint(name, read),
                    read.isEmpty() ? "none" : String.join(", ", read)));
      }
    }
  }

  private PythonRegex compile(String name, String source) {
    try {
      return PythonRegex.compile(source);
    } catch (PromptmillException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "%s, %s: %s".formatted(owner, name, e.getMessage()), e);
    }
  }

  private Object value(String name, Object otherwise) {
    read.add(name);
    return values.containsKey(name) ? values.get(name) : otherwise;
  }

  private PromptmillException wrong(String name, String expected) {
    return error(
        "%s: expected %s to be %s, found %s"
            .formatted(owner, name, expected, PythonText.str(values.get(name))));
  }

  private static PromptmillException error(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
