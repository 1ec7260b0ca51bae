package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.Precision;
import org.tensorflow.Operand;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** {@code y = x·Wᵀ + b} with the weight {@code [out, in]} as it is stored. */
public final class Linear {
  private final LayerContext c;
  private final Operand<TNumber> weight;
  private final int out;
  private final int in;
  private final Operand<TNumber> bias;

  private Linear(LayerContext c, Operand<TNumber> weight, int out, int in, Operand<TNumber> bias) {
    this.c = c;
    this.out = out;
    this.in = in;
    this.weight = weight;
    this.bias = bias;
  }

  /** The layer of the checkpoint's {@code <name>.weight} and, where it has one, {@code .bias}. */
  public static Linear of(LayerContext c, String name, int out, int in, boolean withBias) {
    return new Linear(
        c,
        c.weights().variable(c.tf(), name + ".weight", out, in),
        out,
        in,
        withBias ? c.weights().variable(c.tf(), name + ".bias", out) : null);
  }

  /**
   * @param x {@code [rows, in]}
   * @return {@code [rows, out]}
   */
  public Operand<TNumber> apply(Operand<TNumber> x) {
    Operand<TNumber> y = product(x);
    return bias == null ? y : c.tf().math.add(y, bias);
  }

  @SuppressWarnings("unchecked")
  private Operand<TNumber> product(Operand<TNumber> x) {
    if (c.precision() == Precision.BFLOAT16) {
      return c.tf().linalg.matMul(x, weight, MatMul.transposeB(true));
    }
    Operand<TFloat32> y = FixedRowProducts.product(c.tf(), c.widen(x), c.widen(weight), in, out);
    return (Operand<TNumber>) (Operand<?>) y;
  }
}
