package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Root mean square normalisation (Zhang and Sennrich 2019), in float32: {@code w · x /
 * sqrt(mean(x²) + eps)}.
 *
 * <p>Square root and division, not a reciprocal root: both are correctly rounded, so that a row's
 * bits do not depend on whether it is computed in a vector register or as the rest.
 */
public final class RmsNorm {
  private final LayerContext c;
  private final Operand<TFloat32> weight;
  private final float width;
  private final float eps;

  /** The norm of the checkpoint's {@code <name>.weight}, {@code [width]}. */
  public RmsNorm(LayerContext c, String name, long width, double eps) {
    this.c = c;
    this.weight = c.weights().float32(c.tf(), name + ".weight", width);
    this.width = width;
    this.eps = (float) eps;
  }

  /**
   * @param x {@code [rows, width]}
   * @return {@code [rows, width]}
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    var tf = c.tf();
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(1), ReduceSum.keepDims(true));
    Operand<TFloat32> mean = tf.math.div(squares, tf.constant(width));
    Operand<TFloat32> root = tf.math.sqrt(tf.math.add(mean, tf.constant(eps)));
    return tf.math.mul(tf.math.div(x, root), weight);
  }
}
