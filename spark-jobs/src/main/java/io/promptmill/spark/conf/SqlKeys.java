package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Options of SQL functions. */
public final class SqlKeys {
  public static final ConfKey<Boolean> DEDUPLICATE =
      new ConfKey<>(
          "deduplicate",
          "SQL functions",
          bool(),
          "true",
          "SQL functions compute equal requests of a task once");

  static final List<ConfKey<?>> OWN = List.of(DEDUPLICATE);

  /** What a function reads from its session. */
  public static final List<ConfKey<?>> ALL =
      Stream.of(
              OWN,
              List.of(PromptmillKeys.ORDER_BY_PREFIX),
              InferenceKeys.GENERATION,
              PromptmillKeys.ENGINE)
          .<ConfKey<?>>flatMap(List::stream)
          .toList();

  /** Options that {@code modelParameters} may set, by their names there: {@code max_tokens}. */
  public static final Map<String, ConfKey<?>> MODEL_PARAMETERS = modelParameters();

  private SqlKeys() {}

  private static Map<String, ConfKey<?>> modelParameters() {
    List<ConfKey<?>> others =
        List.of(
            InferenceKeys.SAMPLES,
            InferenceKeys.LOGPROBS,
            InferenceKeys.CHOICE,
            InferenceKeys.REGEX,
            InferenceKeys.JSON_SCHEMA);
    Map<String, ConfKey<?>> byName = new TreeMap<>();
    InferenceKeys.GENERATION.stream()
        .filter(key -> !others.contains(key))
        .forEach(key -> byName.put(key.option().substring(2).replace('-', '_'), key));
    return Map.copyOf(byName);
  }
}
