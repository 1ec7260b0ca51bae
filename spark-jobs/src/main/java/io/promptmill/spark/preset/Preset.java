package io.promptmill.spark.preset;

import io.promptmill.spark.conf.PresetValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options for a task.
 *
 * @param name as the user names it
 * @param job it is for
 * @param description what it does, in a sentence
 * @param columns what its prompt reads, by name, and what they are to hold
 * @param values of options, by option
 * @param text of its file
 */
public record Preset(
    String name,
    String job,
    String description,
    Map<String, String> columns,
    Map<String, PresetValue> values,
    String text) {
  public Preset {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
