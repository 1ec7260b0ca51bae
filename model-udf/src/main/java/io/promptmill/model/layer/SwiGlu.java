package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.NativeKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Gated feed-forward layer (Shazeer 2020): {@code down(silu(gate(x)) · up(x))}. */
public final class SwiGlu {
  private final LayerContext c;
  private final int intermediate;
  private final Linear gate;
  private final Linear up;
  private final Linear down;

  /** The layer of the checkpoint's {@code <name>.{gate,up,down}_proj}. */
  public SwiGlu(LayerContext c, String name, int hidden, int intermediate) {
    this.c = c;
    this.intermediate = intermediate;
    this.gate = Linear.of(c, name + ".gate_proj", intermediate, hidden, false);
    this.up = Linear.of(c, name + ".up_proj", intermediate, hidden, false);
    this.down = Linear.of(c, name + ".down_proj", hidden, intermediate, false);
  }

  /**
   * @param x {@code [rows, hidden]}
   * @return {@code [rows, hidden]}
   */
  public Operand<TNumber> apply(Operand<TNumber> x) {
    return down(gated(c, gate(x), up(x), intermediate));
  }

  /**
   * @param x {@code [rows, hidden]}
   * @return {@code [rows, intermediate]}
   */
  public Operand<TNumber> gate(Operand<TNumber> x) {
    return gate.apply(x);
  }

  /**
   * @param x {@code [rows, hidden]}
   * @return {@code [rows, intermediate]}
   */
  public Operand<TNumber> up(Operand<TNumber> x) {
    return up.apply(x);
  }

  /**
   * @param inner {@code [rows, intermediate]}
   * @return {@code [rows, hidden]}
   */
  public Operand<TNumber> down(Operand<TNumber> inner) {
    return down.apply(inner);
  }

  /**
   * {@code silu(gate) · up}, element by element.
   *
   * @param width of both
   */
  public static Operand<TNumber> gated(
      LayerContext c, Operand<TNumber> gate, Operand<TNumber> up, int width) {
    Ops tf = c.tf();
    if (c.kernels().swish()) {
      return tf.math.mul(NativeKernels.swish(tf, gate), up);
    }
    Operand<TNumber> sigmoid =
        width % FullRegisters.LANES == 0
            ? tf.math.sigmoid(gate)
            : FullRegisters.apply(tf, gate, x -> tf.math.sigmoid(x));
    return tf.math.mul(tf.math.mul(gate, sigmoid), up);
  }
}
