package io.promptmill.spark.conf;

import java.util.Locale;

/**
 * One option: {@code --max-tokens} on the command line, {@code spark.promptmill.maxTokens} or
 * {@code promptmill.maxTokens} as a configuration key.
 *
 * @param name in camel case
 * @param section heading under which the help lists it
 * @param type how its text becomes a value
 * @param fallback default as the user would write it, null for none
 * @param doc what it does
 */
public record ConfKey<T>(
    String name, String section, ValueType<T> type, String fallback, String doc) {

  static final String PREFIX = "promptmill.";
  static final String SPARK_PREFIX = "spark." + PREFIX;

  /** Whether a configuration key is one of Promptmill's by its prefix. */
  public static boolean isOwn(String key) {
    return key.startsWith(SPARK_PREFIX) || key.startsWith(PREFIX);
  }

  /** {@code --max-tokens}. */
  public String option() {
    return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** {@code spark.promptmill.maxTokens}. */
  public String key() {
    return SPARK_PREFIX + name;
  }
}
