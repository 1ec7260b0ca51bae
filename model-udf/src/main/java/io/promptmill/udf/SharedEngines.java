package io.promptmill.udf;

import io.promptmill.model.ModelOptions;
import io.promptmill.model.family.ModelFamilies;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The engines of this JVM: one for each model, opened by its first user and shared by all. */
public final class SharedEngines {

  private static final EngineRegistry REGISTRY =
      new EngineRegistry(
          new CheckpointEngineFactory(
              (checkpoint, spec) ->
                  ModelFamilies.open(
                      checkpoint,
                      new ModelOptions(
                          spec.dtype(),
                          spec.devices(),
                          spec.cacheBytes(),
                          spec.maxStepTokens(),
                          spec.threads()))));

  private SharedEngines() {}

  /** The model's engine, opened if this is its first use; see {@link EngineRegistry#open}. */
  static OpenModel open(ModelSpec spec, Configuration conf) {
    return REGISTRY.open(spec, conf);
  }

  /** State of the model's engine, empty if it is not open. Cheap: may be polled. */
  public static Optional<EngineStatus> metrics(ModelSpec spec) {
    return REGISTRY.status(spec);
  }

  /**
   * Closes the model's engine if it is open; rows under way fail with {@code ENGINE_CLOSED}. The
   * next use opens afresh.
   */
  public static void close(ModelSpec spec) {
    SharedTokenizers.close(spec.uri());
    REGISTRY.close(spec);
  }

  /**
   * Closes all engines; rows under way fail with {@code ENGINE_CLOSED}. The next use opens afresh.
   */
  public static void closeAll() {
    SharedTokenizers.closeAll();
    REGISTRY.closeAll();
  }
}
