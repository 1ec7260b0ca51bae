package io.promptmill.model.moe;

import io.promptmill.model.runtime.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The routed experts of a layer: several ways to compute the same sum. No token is dropped. */
public interface ExpertFfn {
  /** Which way. */
  enum Kind {
    /** One product for each expert: best on CPUs, where a launch costs little. */
    STOCK,
    /** One batched product over all experts, padded to the fullest: few launches, for GPUs. */
    BATCHED
  }

  /**
   * Sizes.
   *
   * @param experts number of experts
   * @param hidden width of the model
   * @param intermediate width of an expert
   * @param perToken experts of a token
   */
  record Dimensions(int experts, int hidden, int intermediate, int perToken) {}

  /**
   * @param x {@code [T, hidden]}
   * @return {@code [T, hidden]} weighted sum of each token's experts
   */
  Operand<TFloat32> apply(Operand<TNumber> x, Routing routing);

  /** The experts of the checkpoint's {@code <name>.<i>.{gate,up,down}_proj}. */
  static ExpertFfn of(LayerContext c, String name, Dimensions d, Kind kind) {
    return switch (kind) {
      case STOCK -> new StockExpertFfn(c, name, d);
      case BATCHED -> new BatchedExpertFfn(c, name, d);
    };
  }

  /**
   * Sums a token's experts in float32, in the order of its choices.
   *
   * @param outputs {@code [T * k, hidden]}
   * @param weights {@code [T, k]}
   * @return {@code [T, hidden]}
   */
  static Operand<TFloat32> combine(
      LayerContext c, Dimensions d, Operand<TNumber> outputs, Operand<TFloat32> weights) {
    Ops tf = c.tf();
    Operand<TFloat32> weighted =
        tf.math.mul(c.widen(outputs), tf.reshape(weights, tf.constant(new int[] {-1, 1})));
    Operand<TInt32> axis = tf.constant(1);
    return tf.reduceSum(
        tf.reshape(weighted, tf.constant(new int[] {-1, d.perToken(), d.hidden()})), axis);
  }
}
