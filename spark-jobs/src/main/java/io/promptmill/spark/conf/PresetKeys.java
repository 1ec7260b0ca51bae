package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The option that names a preset, and what a preset may set. */
public final class PresetKeys {
  public static final ConfKey<String> PRESET =
      new ConfKey<>(
          "preset",
          "Preset",
          text("NAME|URI"),
          null,
          "options for a task, by name (promptmill presets lists them) or as a YAML file of your own;"
              + " what the user says otherwise comes before it");

  static final List<ConfKey<?>> OWN = List.of(PRESET);

  /** By job: what a task is, not where rows come from, where they go or what runs them. */
  public static final Map<String, List<ConfKey<?>>> SETTABLE =
      Map.of(
          "generate",
          concat(InferenceKeys.PROMPT, InferenceKeys.GENERATION),
          "classify",
          concat(ClassificationKeys.OWN, ClassificationKeys.PROMPT));

  /** Of each of these only one can be given: a user's takes the place of a preset's. */
  static final List<List<ConfKey<?>>> ALTERNATIVES =
      List.of(
          List.of(
              InferenceKeys.PROMPT_COLUMN,
              InferenceKeys.PROMPT_TEMPLATE,
              InferenceKeys.MESSAGES_COLUMN),
          List.of(InferenceKeys.CHOICE, InferenceKeys.REGEX, InferenceKeys.JSON_SCHEMA),
          List.of(ClassificationKeys.LABEL, ClassificationKeys.LABELS));

  private PresetKeys() {}

  /** The key and those it cannot stand beside. */
  static List<ConfKey<?>> alternatives(ConfKey<?> key) {
    return ALTERNATIVES.stream()
        .filter(keys -> keys.contains(key))
        .findFirst()
        .orElse(List.of(key));
  }

  private static List<ConfKey<?>> concat(List<ConfKey<?>> first, List<ConfKey<?>> second) {
    return Stream.concat(first.stream(), second.stream()).<ConfKey<?>>map(key -> key).toList();
  }
}
