package io.promptmill.checkpoint;

import java.util.List;

/**
 * A tensor to fill with independent values, uniform around {@code mean}.
 *
 * @param shape row-major
 * @param deviation standard deviation of the values
 */
record RandomTensor(String name, List<Long> shape, double mean, double deviation) {
  RandomTensor {
    shape = List.copyOf(shape);
  }

  /**
   * A weight {@code [out, in]} that maps inputs of unit variance to outputs of variance {@code
   * gain²}.
   */
  static RandomTensor linear(String name, long out, long in, double gain) {
    return new RandomTensor(name, List.of(out, in), 0, gain / Math.sqrt((double) in));
  }

  /** The weight {@code [size]} of an RMS norm, near one. */
  static RandomTensor norm(String name, long size) {
    return new RandomTensor(name, List.of(size), 1, 0.1);
  }

  SafetensorsWriter.Tensor stored() {
    return new SafetensorsWriter.Tensor(name, DType.BF16, shape);
  }
}
