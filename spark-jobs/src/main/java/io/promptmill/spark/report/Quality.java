package io.promptmill.spark.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a job's results are.
 *
 * @param lines for the console
 * @param values the same for the report: numbers, texts, lists and maps of such
 */
public record Quality(List<String> lines, Map<String, Object> values) {
  public Quality {
    lines = List.copyOf(lines);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // in the writer's order
  }
}
