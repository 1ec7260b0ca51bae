package io.promptmill.spark.job;

import java.util.List;
import java.util.Map;

/**
 * How good a job's results are.
 *
 * @param lines for the console
 * @param values the same for the report: numbers, texts, lists and maps of such
 */
record Quality(List<String> lines, Map<String, Object> values) {
  Quality {
    lines = List.copyOf(lines);
    values = Map.copyOf(values);
  }
}
