package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.FilterPipeline;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The steps of one entry of {@code filter_list}. */
final class Pipeline {
  private final String name;
  private final List<Filter> steps;
  private final Set<Object> notFound = new HashSet<>();

  Pipeline(FilterPipeline definition) {
    this.name = definition.name();
    this.steps = definition.steps().stream().map(Filters::of).toList();
    steps.forEach(step -> notFound.addAll(step.notFound()));
  }

  String name() {
    return name;
  }

  /**
   * @param answers of one request, one for each repeat
   */
  Object apply(List<?> answers, Document document) {
    Object value = answers;
    for (Filter step : steps) {
      value = step.apply(value, document);
    }
    return value;
  }

  /** Whether a filtered answer is what a step leaves that finds nothing. */
  boolean isNotFound(Object filtered) {
    return notFound.stream().anyMatch(value -> Objects.equals(value, filtered));
  }
}
