package io.promptmill.model.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Products whose rows are computed in chunks of a fixed size, the last one padded. Float32 kernels
 * differ by the number of rows in the last bits; with one size there is one kernel. (oneDNN's
 * bfloat16 kernels give the same bits for any number of rows and need no chunks.)
 */
public final class FixedRowProducts {
  private static final int ROWS = 64;

  private FixedRowProducts() {}

  /**
   * @param x {@code [rows, in]}
   * @param weight {@code [out, in]}
   * @param in width of {@code x}
   * @param out rows of the weight
   * @return {@code [rows, out]}
   */
  public static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> weight, int in, int out) {
    Operand<TFloat32> one =
        batched(
            tf,
            tf.expandDims(x, tf.constant(0)),
            tf.expandDims(weight, tf.constant(0)),
            new int[] {1, in, out},
            true);
    return tf.reshape(one, tf.constant(new int[] {-1, out}));
  }

  /**
   * @param x {@code [B, rows, in]}
   * @param weight {@code [B, in, out]}, or {@code [B, out, in]} where transposed
   * @param sizes B, in, out
   * @return {@code [B, rows, out]}
   */
  static <T extends TNumber> Operand<T> batched(
      Ops tf, Operand<T> x, Operand<T> weight, int[] sizes, boolean transposed) {
    int batch = sizes[0];
    Operand<TInt32> rows =
        tf.slice(tf.shape(x), tf.constant(new int[] {1}), tf.constant(new int[] {1}));
    Operand<TInt32> missing = tf.math.floorMod(tf.math.neg(rows), tf.constant(new int[] {ROWS}));
    Operand<TInt32> none = tf.constant(new int[] {0});
    Operand<TInt32> after = tf.concat(List.of(none, missing, none), tf.constant(0));
    Operand<TInt32> paddings =
        tf.stack(List.of(tf.constant(new int[] {0, 0, 0}), after), Stack.axis(1L));
    Operand<T> padded = tf.pad(x, paddings, tf.dtypes.cast(tf.constant(0f), x.type()));
    Operand<T> chunks = tf.reshape(padded, tf.constant(new int[] {batch, -1, ROWS, sizes[1]}));
    Operand<T> products =
        BatchProduct.of(tf, chunks, tf.expandDims(weight, tf.constant(1)), transposed);
    return tf.slice(
        tf.reshape(products, tf.constant(new int[] {batch, -1, sizes[2]})),
        tf.constant(new int[] {0, 0, 0}),
        tf.concat(
            List.of(tf.constant(new int[] {-1}), rows, tf.constant(new int[] {-1})),
            tf.constant(0)));
  }
}
