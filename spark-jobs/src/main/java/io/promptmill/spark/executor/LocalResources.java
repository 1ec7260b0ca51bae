package io.promptmill.spark.executor;

import com.sun.management.OperatingSystemMXBean;
import io.promptmill.udf.ModelSpec;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/** Fills in what only the executor knows: its GPUs and its memory. */
final class LocalResources {
  private static final long CACHE_SHARE = 16;
  private static final long LEAST_CACHE = 256L << 20;
  private static final long MOST_CACHE = 16L << 30;

  private LocalResources() {}

  /**
   * Device {@code gpu} becomes the executor's GPUs, cache size 0 a sixteenth of the memory.
   *
   * @param gpus addresses, such as {@code 0} and {@code 3}; without any, {@code gpu} stays
   */
  static ModelSpec resolve(ModelSpec model, List<String> gpus) {
    return new ModelSpec(
        model.uri(),
        model.dtype(),
        model.devices().stream().flatMap(device -> devices(device, gpus)).toList(),
        model.cacheBytes() == 0 ? defaultCacheBytes() : model.cacheBytes(),
        model.maxStepTokens(),
        model.maxRunning(),
        model.maxSequenceTokens(),
        model.threads(),
        model.prefixCache());
  }

  private static Stream<String> devices(String device, List<String> gpus) {
    return device.equals("gpu") && !gpus.isEmpty()
        ? gpus.stream().map(address -> "gpu:" + address)
        : Stream.of(device);
  }

  private static long defaultCacheBytes() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long share =
        system.getTotalMemorySize() / CACHE_SHARE; // a container's limit where there is one
    return Math.min(MOST_CACHE, Math.max(LEAST_CACHE, share));
  }
}
