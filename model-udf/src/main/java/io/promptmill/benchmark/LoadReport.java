package io.promptmill.benchmark;

import io.promptmill.model.ModelInfo;
import java.util.List;
import java.util.Locale;

/**
 * How the model came into memory.
 *
 * @param seconds from a checked header to a model that can run; the files may be in the operating
 *     system's cache
 * @param weightBytes of the resident weights
 * @param cacheBytes of the latent cache
 * @param residentBefore memory of the process before, bytes
 * @param residentPeak most memory of the process meanwhile, bytes
 * @param peakMethod how the peak was found; the other memory figures are meaningless if unknown
 * @param growth peak − before, bytes
 * @param overhead growth − weights − cache, bytes
 * @param withinOneGib whether the overhead is at most 1 GiB
 * @param parameters of the model
 * @param dtype precision of weights and products
 * @param devices that hold the layers
 * @param revision of the checkpoint
 */
public record LoadReport(
    double seconds,
    long weightBytes,
    long cacheBytes,
    long residentBefore,
    long residentPeak,
    String peakMethod,
    long growth,
    long overhead,
    boolean withinOneGib,
    long parameters,
    String dtype,
    List<String> devices,
    String revision) {
  private static final long ALLOWED_OVERHEAD = 1L << 30;

  static LoadReport of(double seconds, ModelInfo info, long cacheBytes, ResidentMemory memory) {
    long peak = memory.peak();
    long growth = peak - memory.before();
    long overhead = growth - info.weightBytes() - cacheBytes;
    return new LoadReport(
        seconds,
        info.weightBytes(),
        cacheBytes,
        memory.before(),
        peak,
        memory.method().name().toLowerCase(Locale.ROOT),
        growth,
        overhead,
        memory.method() != ResidentMemory.Method.UNKNOWN && overhead <= ALLOWED_OVERHEAD,
        info.parameters(),
        info.dtype(),
        info.devices(),
        info.revision());
  }
}
