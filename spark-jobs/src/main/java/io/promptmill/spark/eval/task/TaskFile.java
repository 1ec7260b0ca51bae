package io.promptmill.spark.eval.task;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A file with what it includes: keys of the file itself win over keys of included files, later
 * files of the list over earlier ones. {@code groups} is not included, because a name stands for
 * one group.
 *
 * @param keys of all the files, each with its own place
 */
record TaskFile(String origin, YamlMapping keys) {

  private static final Set<String> NOT_INCLUDED = Set.of("include", "groups");

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} naming file and line of malformed YAML,
   *     of a file that is not there and of includes in a circle
   */
  static TaskFile read(TaskSource source) {
    return read(source, List.of());
  }

  private static TaskFile read(TaskSource source, List<TaskSource> including) {
    List<TaskSource> chain = Stream.concat(including.stream(), Stream.of(source)).toList();
    String text =
        source.read().orElseThrow(() -> invalid("task file %s is not there", source.origin()));
    YamlMapping own = parse(source.origin(), text);
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    own.get("include")
        .ifPresent(
            include -> {
              for (String reference : include.texts()) {
                TaskSource included = source.included(reference);
                check(include, reference, included, chain);
                Map<String, YamlValue> keys =
                    new LinkedHashMap<>(read(included, chain).keys().values());
                keys.keySet().removeAll(NOT_INCLUDED);
                merged.putAll(keys);
              }
            });
    merged.putAll(own.values());
    merged.remove("include");
    return new TaskFile(source.origin(), new YamlMapping(own.place(), merged));
  }

  private static void check(
      YamlValue include, String reference, TaskSource included, List<TaskSource> chain) {
    if (chain.contains(included)) {
      throw include.failure(
          "files include each other in a circle: "
              + Stream.concat(chain.stream(), Stream.of(included))
                  .map(TaskSource::origin)
                  .collect(Collectors.joining(" includes ")));
    }
    if (included.read().isEmpty()) {
      throw include.failure(
          "included file '%s' is not there, looked at %s".formatted(reference, included.origin()));
    }
  }

  private static YamlMapping parse(String origin, String text) {
    Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s:%d: not YAML: %s"
              .formatted(
                  origin,
                  e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1,
                  e.getProblem()),
          e);
    }
    if (!(root instanceof MappingNode mapping)) {
      throw invalid("%s:1: a task file must have keys with values", origin);
    }
    return YamlMapping.of("", origin, mapping);
  }

  private static PromptmillException invalid(String problem, String origin) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, problem.formatted(origin));
  }
}
