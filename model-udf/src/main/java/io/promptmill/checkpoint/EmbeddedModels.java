package io.promptmill.checkpoint;

import java.util.Map;
import java.util.TreeMap;

/** Checkpoints that the artifact carries, by the names that stand for their URIs. */
public final class EmbeddedModels {
  private static final Map<String, String> URIS =
      new TreeMap<>(
          Map.of(
              "demo", "classpath:promptmill/models/demo",
              "tiny-random", "classpath:promptmill/models/tiny-random"));

  private EmbeddedModels() {}

  /**
   * The URI of an embedded checkpoint if that is its name, else what was given. A folder of the
   * same name is meant by {@code ./demo}.
   */
  public static String resolve(String nameOrUri) {
    return URIS.getOrDefault(nameOrUri, nameOrUri);
  }

  /** End of an error's message about a checkpoint that is not there. */
  public static String hint() {
    return "; embedded models: " + String.join(", ", URIS.keySet());
  }
}
