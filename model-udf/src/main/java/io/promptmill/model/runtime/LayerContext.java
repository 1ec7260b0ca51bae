package io.promptmill.model.runtime;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * What a layer is built with.
 *
 * @param tf operations on the layer's device
 * @param weights where its weights are declared
 * @param precision of its products
 * @param kernels what the device has beside the stock operations
 */
public record LayerContext(
    Ops tf, WeightVariables weights, Precision precision, NativeKernels kernels) {

  /** The context of layers on a device. */
  public static LayerContext on(
      String device, GraphSession session, WeightVariables weights, Precision precision) {
    return new LayerContext(
        session.on(device), weights, precision, NativeKernels.of(device, precision));
  }

  /** Rounds to the precision of the products. */
  public Operand<TNumber> round(Operand<TFloat32> x) {
    return precision.round(tf, x);
  }

  /** Widens to float32. */
  public Operand<TFloat32> widen(Operand<TNumber> x) {
    return precision.widen(tf, x);
  }
}
