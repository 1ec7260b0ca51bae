package io.promptmill.udf;

import io.promptmill.checkpoint.EmbeddedModels;
import java.io.Serializable;
import java.util.List;

/**
 * What a JVM needs to open a model. Equal specs share one engine; the driver sends it to executors.
 *
 * @param uri checkpoint directory on any Hadoop file system, {@code classpath:} folder, or the name
 *     of an embedded checkpoint, which becomes its URI
 * @param dtype {@code auto}, {@code bfloat16} or {@code float32}; auto is bfloat16 where the CPU
 *     multiplies it natively or the device is a GPU
 * @param devices {@code cpu}, {@code gpu}, {@code cpu:1}, {@code gpu:0}, …; layers are split over
 *     them in order
 * @param cacheBytes memory for the latent cache, in bytes
 * @param maxStepTokens tokens of one forward pass at most
 * @param maxRunning sequences in the batch at most
 * @param maxSequenceTokens prompt and completion of one row together, 0 for the model's own limit
 * @param threads intra-op threads, 0 for the JVM's processors
 * @param prefixCache whether computed prefixes are shared between rows
 */
public record ModelSpec(
    String uri,
    String dtype,
    List<String> devices,
    long cacheBytes,
    int maxStepTokens,
    int maxRunning,
    int maxSequenceTokens,
    int threads,
    boolean prefixCache)
    implements Serializable {

  public ModelSpec {
    uri = EmbeddedModels.resolve(uri);
    devices = List.copyOf(devices);
  }

  /** Names of the embedded checkpoints, as the end of an error's message. */
  public static String embedded() {
    return EmbeddedModels.hint();
  }
}
