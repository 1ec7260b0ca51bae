package io.promptmill.spark.eval.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code filter_list} and {@code metric_list} and checks every name in them. */
record ScoringReader(ScoringNames names) {

  /** As lm-evaluation-harness where a file lists none. */
  private static final Map<OutputType, List<String>> DEFAULT_METRICS =
      Map.of(
          OutputType.MULTIPLE_CHOICE, List.of("acc", "acc_norm"),
          OutputType.LOGLIKELIHOOD, List.of("perplexity", "acc"),
          OutputType.LOGLIKELIHOOD_ROLLING,
              List.of("word_perplexity", "byte_perplexity", "bits_per_byte"),
          OutputType.GENERATE_UNTIL, List.of("exact_match"));

  private static final FilterPipeline TAKE_FIRST =
      new FilterPipeline("none", List.of(new FilterPipeline.Step("take_first", Map.of())));

  List<FilterPipeline> filters(YamlMapping keys) {
    Optional<YamlValue> list = keys.get("filter_list");
    if (list.isEmpty()) {
      return List.of(TAKE_FIRST);
    }
    List<FilterPipeline> pipelines = new ArrayList<>();
    for (YamlValue entry : filled(list.get())) {
      YamlMapping pipeline = entry.mapping();
      pipeline.allowOnly(Set.of("name", "filter"));
      String name = pipeline.require("name").text();
      if (pipelines.stream().anyMatch(earlier -> earlier.name().equals(name))) {
        throw entry.failure("filter pipeline '%s' stands twice".formatted(name));
      }
      pipelines.add(
          new FilterPipeline(
              name, filled(pipeline.require("filter")).stream().map(this::step).toList()));
    }
    return pipelines;
  }

  private FilterPipeline.Step step(YamlValue value) {
    Map<String, Object> arguments = new LinkedHashMap<>(value.plainMapping());
    YamlValue function = value.mapping().require("function");
    arguments.remove("function");
    FilterPipeline.Step step = new FilterPipeline.Step(function.text(), arguments);
    names
        .problem(step)
        .ifPresent(
            problem -> {
              throw function.failure(problem);
            });
    return step;
  }

  List<MetricDefinition> metrics(YamlMapping keys, OutputType outputType) {
    Optional<YamlValue> list = keys.get("metric_list");
    if (list.isEmpty()) {
      return DEFAULT_METRICS.get(outputType).stream()
          .map(name -> withDefaults(keys.require("output_type"), name))
          .toList();
    }
    List<MetricDefinition> metrics = new ArrayList<>();
    for (YamlValue entry : filled(list.get())) {
      MetricDefinition metric = metric(entry, outputType);
      if (metrics.stream().anyMatch(earlier -> earlier.metric().equals(metric.metric()))) {
        throw entry.failure("metric '%s' stands twice".formatted(metric.metric()));
      }
      metrics.add(metric);
    }
    return metrics;
  }

  private MetricDefinition metric(YamlValue entry, OutputType outputType) {
    YamlMapping keys = entry.mapping();
    YamlValue name = keys.require("metric");
    Map<String, Object> arguments = new LinkedHashMap<>(entry.plainMapping());
    arguments.keySet().removeAll(Set.of("metric", "aggregation", "higher_is_better"));
    Optional<MetricDefinition> defaults = names.defaults(name.text());
    MetricDefinition metric =
        new MetricDefinition(
            name.text(),
            keys.get("aggregation")
                .map(YamlValue::text)
                .or(() -> defaults.map(MetricDefinition::aggregation))
                .orElse(""),
            keys.get("higher_is_better")
                .map(YamlValue::truth)
                .or(() -> defaults.map(MetricDefinition::higherIsBetter))
                .orElse(true),
            arguments);
    names
        .problem(metric, outputType)
        .ifPresent(
            problem -> {
              throw name.failure(problem);
            });
    return metric;
  }

  private MetricDefinition withDefaults(YamlValue place, String name) {
    return names
        .defaults(name)
        .orElseThrow(
            () -> place.failure("metric '%s' is not known; give metric_list".formatted(name)));
  }

  private static List<YamlValue> filled(YamlValue list) {
    List<YamlValue> elements = list.elements();
    if (elements.isEmpty()) {
      throw list.expected("a list with at least one entry");
    }
    return elements;
  }

  static OutputType outputType(YamlValue value) {
    String name = value.text();
    for (OutputType type : OutputType.values()) {
      if (nameOf(type).equals(name)) {
        return type;
      }
    }
    throw value.expected(
        "one of "
            + List.of(OutputType.values()).stream()
                .map(ScoringReader::nameOf)
                .collect(Collectors.joining(", ")));
  }

  private static String nameOf(OutputType type) {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }
}
