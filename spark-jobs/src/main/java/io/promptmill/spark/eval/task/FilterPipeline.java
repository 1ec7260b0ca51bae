package io.promptmill.spark.eval.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code filter_list}: its steps turn a document's answers into what metrics see; each
 * pipeline is scored by itself.
 *
 * @param name in results, after the comma of {@code exact_match,strict-match}
 */
public record FilterPipeline(String name, List<Step> steps) {
  public FilterPipeline {
    steps = List.copyOf(steps);
  }

  /**
   * @param function name of the filter, such as {@code regex}
   * @param arguments its other keys, in the file's order; a value may be null
   */
  public record Step(String function, Map<String, Object> arguments) {
    public Step {
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
  }
}
