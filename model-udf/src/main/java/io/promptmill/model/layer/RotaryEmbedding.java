package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Rotary position embedding (Su et al. 2021) of interleaved pairs {@code (x[2i], x[2i+1])}, as
 * DeepSeek's checkpoints have them. Angles are products in float32, as the reference computes them.
 */
public final class RotaryEmbedding {
  private final float[] frequencies;
  private final float scale;

  /**
   * @param dimension rotated values of a head, even
   * @param base such as 10000
   */
  public RotaryEmbedding(int dimension, double base, Optional<YarnScaling> yarn) {
    double[] exact = new double[dimension / 2];
    Arrays.setAll(exact, i -> 1 / Math.pow(base, 2.0 * i / dimension));
    yarn.ifPresent(scaling -> scaling.apply(exact, base));
    frequencies = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      frequencies[i] = (float) exact[i];
    }
    scale = yarn.map(scaling -> (float) scaling.cosSinScale()).orElse(1f);
  }

  public int dimension() {
    return 2 * frequencies.length;
  }

  /**
   * Cosines and sines of rows.
   *
   * @param positions {@code [T]}
   * @return {@code [2][T * dimension]}, each angle's value twice in a row
   */
  public float[][] cosSin(int[] positions) {
    float[][] table = new float[2][positions.length * dimension()];
    for (int row = 0; row < positions.length; row++) {
      for (int i = 0; i < frequencies.length; i++) {
        float angle = positions[row] * frequencies[i];
        int at = row * dimension() + 2 * i;
        table[0][at] = table[0][at + 1] = (float) Math.cos(angle) * scale;
        table[1][at] = table[1][at + 1] = (float) Math.sin(angle) * scale;
      }
    }
    return table;
  }

  /**
   * Rotates. The turned pair {@code (-x[2i+1], x[2i])} is a product with a matrix of zeros and
   * ones, which is exact.
   *
   * @param x {@code [T, heads, dimension]}
   * @param cos {@code [T, 1, dimension]}
   * @param sin {@code [T, 1, dimension]}
   * @return {@code [T, heads, dimension]}
   */
  public Operand<TFloat32> rotate(
      LayerContext c, Operand<TFloat32> x, Operand<TFloat32> cos, Operand<TFloat32> sin) {
    Ops tf = c.tf();
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, dimension()}));
    Operand<TFloat32> turned = tf.reshape(tf.linalg.matMul(flat, quarterTurn(tf)), tf.shape(x));
    return tf.math.add(tf.math.mul(x, cos), tf.math.mul(turned, sin));
  }

  private Operand<TFloat32> quarterTurn(Ops tf) {
    int n = dimension();
    float[] matrix = new float[n * n];
    for (int i = 0; i < n; i += 2) {
      matrix[(i + 1) * n + i] = -1;
      matrix[i * n + i + 1] = 1;
    }
    return tf.constant(Shape.of(n, n), DataBuffers.of(matrix));
  }
}
