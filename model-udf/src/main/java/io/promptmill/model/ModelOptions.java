package io.promptmill.model;

import java.util.List;

/**
 * How a model is opened.
 *
 * @param dtype precision of the products: {@code auto}, {@code bfloat16} or {@code float32}
 * @param devices {@code cpu}, {@code gpu}, {@code cpu:1}, …; layers are split over them in order
 * @param cacheBytes memory for the latent cache, in bytes
 * @param maxStepTokens tokens of one forward pass at most
 * @param threads threads of the tensor engine, 0 for all processors of the JVM
 */
public record ModelOptions(
    String dtype, List<String> devices, long cacheBytes, int maxStepTokens, int threads) {

  public ModelOptions {
    devices = List.copyOf(devices);
  }
}
