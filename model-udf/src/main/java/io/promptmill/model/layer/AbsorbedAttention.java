package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.Precision;
import io.promptmill.model.runtime.TileShape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Queries projected into latent space: the cache is read as it is, and all heads of a tile's rows
 * are one matrix product. Query width is the cache's, value width the latent's.
 */
record AbsorbedAttention(LayerContext c, MlaDimensions d, MlaWeights weights)
    implements AttentionForm {

  @Override
  public Operand<TNumber> queries(Operand<TNumber> nope, Operand<TNumber> rotary) {
    Ops tf = c.tf();
    Operand<TNumber> latent =
        swapLeading(
            byHead(
                swapLeading(nope),
                weights.keyUp(),
                new int[] {d.heads(), d.nope(), d.latent()},
                false));
    return tf.reshape(
        tf.concat(List.of(latent, rotary), tf.constant(2)),
        tf.constant(new int[] {-1, d.heads() * d.cacheWidth()}));
  }

  @Override
  public Operand<TNumber> scores(
      Operand<TNumber> queries, Operand<TNumber> latents, TileShape shape) {
    Ops tf = c.tf();
    int rows = shape.queries() * d.heads();
    Operand<TNumber> flat = tf.reshape(queries, tf.constant(new int[] {-1, rows, d.cacheWidth()}));
    Operand<TNumber> products = BatchProduct.of(tf, flat, latents, true);
    return tf.reshape(
        products, tf.constant(new int[] {-1, shape.queries(), d.heads(), shape.span()}));
  }

  @Override
  public Operand<TNumber> values(
      Operand<TNumber> probabilities, Operand<TNumber> latents, TileShape shape) {
    Ops tf = c.tf();
    int rows = shape.queries() * d.heads();
    Operand<TNumber> flat =
        tf.reshape(probabilities, tf.constant(new int[] {-1, rows, shape.span()}));
    // Of few rows the rotary columns are cut off afterwards, of many before: whatever is less to
    // copy.
    Operand<TNumber> mixed =
        rows < shape.span()
            ? content(BatchProduct.of(tf, flat, latents, false))
            : BatchProduct.of(tf, flat, content(latents), false);
    return tf.reshape(mixed, tf.constant(new int[] {-1, d.heads() * d.latent()}));
  }

  /** The latent columns of {@code [G, rows, C]}. */
  private Operand<TNumber> content(Operand<TNumber> x) {
    Ops tf = c.tf();
    return tf.slice(
        x, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, -1, d.latent()}));
  }

  @Override
  public Operand<TNumber> heads(Operand<TNumber> values) {
    Ops tf = c.tf();
    Operand<TNumber> byRow = tf.reshape(values, tf.constant(new int[] {-1, d.heads(), d.latent()}));
    Operand<TNumber> up =
        byHead(
            swapLeading(byRow),
            weights.valueUp(),
            new int[] {d.heads(), d.latent(), d.value()},
            true);
    return tf.reshape(swapLeading(up), tf.constant(new int[] {-1, d.heads() * d.value()}));
  }

  private Operand<TNumber> byHead(
      Operand<TNumber> x, Operand<TNumber> weight, int[] sizes, boolean transposed) {
    return c.precision() == Precision.BFLOAT16
        ? BatchProduct.of(c.tf(), x, weight, transposed)
        : FixedRowProducts.batched(c.tf(), x, weight, sizes, transposed);
  }

  private Operand<TNumber> swapLeading(Operand<TNumber> x) {
    return c.tf().linalg.transpose(x, c.tf().constant(new int[] {1, 0, 2}));
  }
}
