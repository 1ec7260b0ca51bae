package io.promptmill.spark.conf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of options, checked. An option on the command line comes before its configuration key
 * ({@code --conf}, then {@code spark-defaults}), which comes before a preset's value, which comes
 * before its default.
 */
public final class PromptmillConf {
  private final Map<ConfKey<?>, Setting> settings;

  /**
   * @param source the option or configuration key that gave the value, {@code default}, or null if
   *     there is no value
   * @param byUser whether the user gave it, not a preset or a default
   */
  private record Setting(Object value, List<String> texts, String source, boolean byUser) {}

  private PromptmillConf(Map<ConfKey<?>, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Reads and checks the values of the given keys.
   *
   * @param keys those that matter; other known keys in {@code configuration} are let pass
   * @param options texts given on the command line, by option name
   * @param configuration all configuration; keys that do not begin with {@code promptmill.} or
   *     {@code spark.promptmill.} belong to others
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a key is unknown or given
   *     in both forms with different values, or if a value is not what it must be
   */
  public static PromptmillConf resolve(
      Collection<ConfKey<?>> keys,
      Map<String, List<String>> options,
      Map<String, String> configuration) {
    return resolve(keys, options, configuration, Map.of());
  }

  /**
   * As {@link #resolve(Collection, Map, Map)}, with a preset.
   *
   * @param preset values by option name; those are passed over whose place the user gave to an
   *     alternative
   */
  public static PromptmillConf resolve(
      Collection<ConfKey<?>> keys,
      Map<String, List<String>> options,
      Map<String, String> configuration,
      Map<String, PresetValue> preset) {
    Map<String, String> configured = own(configuration);
    Map<ConfKey<?>, Setting> settings = new LinkedHashMap<>();
    for (ConfKey<?> key : keys) {
      boolean fromPreset =
          preset.containsKey(key.option())
              && PresetKeys.alternatives(key).stream()
                  .noneMatch(
                      other ->
                          options.containsKey(other.option())
                              || configured.containsKey(other.name()));
      if (options.containsKey(key.option())) {
        settings.put(key, parse(key, options.get(key.option()), key.option(), true));
      } else if (configured.containsKey(key.name())) {
        settings.put(key, parse(key, List.of(configured.get(key.name())), key.key(), true));
      } else if (fromPreset) {
        PresetValue value = preset.get(key.option());
        settings.put(key, parse(key, value.texts(), value.source(), false));
      } else if (key.fallback() != null) {
        settings.put(key, parse(key, List.of(key.fallback()), "default", false));
      } else {
        settings.put(key, new Setting(null, List.of(), null, false));
      }
    }
    return new PromptmillConf(settings);
  }

  /** Our part of a configuration, by key name without prefix. */
  private static Map<String, String> own(Map<String, String> configuration) {
    List<String> known = PromptmillKeys.ALL.stream().map(ConfKey::name).toList();
    Map<String, String> own = new HashMap<>();
    configuration.forEach(
        (key, value) -> {
          String prefix =
              key.startsWith(ConfKey.SPARK_PREFIX) ? ConfKey.SPARK_PREFIX : ConfKey.PREFIX;
          if (!key.startsWith(prefix)) {
            return;
          }
          String name = key.substring(prefix.length());
          if (!known.contains(name)) {
            throw invalid(
                "unknown configuration key '%s'%s; keys after '%s': %s"
                    .formatted(
                        key, NearestName.hint(name, known), prefix, String.join(", ", known)));
          }
          String other = own.put(name, value);
          if (other != null && !other.equals(value)) {
            throw invalid(
                "%s%s is '%s' but %s%s is another value: give one of them"
                    .formatted(ConfKey.SPARK_PREFIX, name, value, ConfKey.PREFIX, name));
          }
        });
    return own;
  }

  private static Setting parse(ConfKey<?> key, List<String> texts, String source, boolean byUser) {
    try {
      return new Setting(key.type().parser().apply(texts), texts, source, byUser);
    } catch (IllegalArgumentException e) {
      String hint = e.getMessage() != null && e.getMessage().startsWith(" (") ? e.getMessage() : "";
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: expected %s, found '%s'%s"
              .formatted(source, key.type().expected(), String.join("', '", texts), hint),
          e);
    }
  }

  /** The value of a key that has a default. */
  public <T> T get(ConfKey<T> key) {
    return find(key)
        .orElseThrow(() -> invalid("%s (or %s) is missing".formatted(key.option(), key.key())));
  }

  /** The value, if there is one. */
  @SuppressWarnings("unchecked") // resolve() put a T there
  public <T> Optional<T> find(ConfKey<T> key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalArgumentException(key.option() + " was not resolved");
    }
    return Optional.ofNullable((T) setting.value());
  }

  /** Whether the user gave the value. */
  public boolean isSet(ConfKey<?> key) {
    Setting setting = settings.get(key);
    return setting != null && setting.byUser();
  }

  /** Texts of all values that are set or have a default, by key name: what a report stores. */
  public Map<String, String> asText() {
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach(
        (key, setting) -> {
          if (setting.source() != null) {
            texts.put(key.name(), String.join(",", setting.texts()));
          }
        });
    return texts;
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
