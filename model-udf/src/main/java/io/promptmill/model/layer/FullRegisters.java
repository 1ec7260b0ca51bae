package io.promptmill.model.layer;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Exponentials and the like, element by element, where the number of elements may leave a vector
 * register partly filled: such a rest is computed by another formula, whose last bits differ.
 */
final class FullRegisters {
  /** Lanes of the widest float32 register. */
  static final int LANES = 16;

  private FullRegisters() {}

  /** Applies a function of single elements to all of {@code x}, whatever its shape. */
  static <T extends TNumber> Operand<T> apply(
      Ops tf, Operand<T> x, UnaryOperator<Operand<T>> function) {
    Operand<T> flat = tf.reshape(x, tf.constant(new int[] {-1}));
    Operand<TInt32> size = tf.shape(flat);
    Operand<TInt32> missing = tf.math.floorMod(tf.math.neg(size), tf.constant(new int[] {LANES}));
    Operand<TInt32> none = tf.constant(new int[] {0});
    Operand<T> padded =
        tf.pad(
            flat,
            tf.stack(List.of(none, missing), Stack.axis(1L)),
            tf.dtypes.cast(tf.constant(0f), x.type()));
    return tf.reshape(tf.slice(function.apply(padded), none, size), tf.shape(x));
  }
}
