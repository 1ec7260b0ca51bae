package io.promptmill.model.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Batched matrix products. The second version of TensorFlow's operation, because that is the one
 * that oneDNN computes; {@code tf.train.batchMatMul} makes the third.
 */
public final class BatchProduct {
  private static final String OPERATION = "BatchMatMulV2";

  private BatchProduct() {}

  /**
   * @param x {@code [..., rows, in]}
   * @param y {@code [..., in, out]}, or {@code [..., out, in]} where transposed
   * @return {@code [..., rows, out]}
   */
  public static <T extends TNumber> Operand<T> of(
      Ops tf, Operand<T> x, Operand<T> y, boolean transposed) {
    return tf.scope()
        .opBuilder(OPERATION, OPERATION)
        .addInput(x.asOutput())
        .addInput(y.asOutput())
        .setAttr("adj_x", false)
        .setAttr("adj_y", transposed)
        .build()
        .output(0);
  }
}
