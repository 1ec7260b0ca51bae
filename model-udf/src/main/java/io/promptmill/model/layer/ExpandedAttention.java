package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.TileShape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TNumber;

/**
 * Keys and values of every head expanded from the latents, as the published modelling code does.
 * Query width is {@code nope + rotary}, value width {@code v}.
 */
record ExpandedAttention(LayerContext c, MlaDimensions d, MlaWeights weights)
    implements AttentionForm {

  @Override
  public Operand<TNumber> queries(Operand<TNumber> nope, Operand<TNumber> rotary) {
    Ops tf = c.tf();
    return tf.reshape(
        tf.concat(List.of(nope, rotary), tf.constant(2)),
        tf.constant(new int[] {-1, d.heads() * (d.nope() + d.rotary())}));
  }

  @Override
  public Operand<TNumber> scores(
      Operand<TNumber> queries, Operand<TNumber> latents, TileShape shape) {
    Ops tf = c.tf();
    int width = d.nope() + d.rotary();
    Operand<TNumber> nopeKeys = expand(latents, weights.keyUp(), d.nope(), shape);
    Operand<TNumber> rotaryKeys =
        tf.tile(
            tf.reshape(
                part(latents, d.latent(), d.rotary()),
                tf.constant(new int[] {-1, shape.span(), 1, d.rotary()})),
            tf.constant(new int[] {1, 1, d.heads(), 1}));
    Operand<TNumber> keys = swapMiddle(tf.concat(List.of(nopeKeys, rotaryKeys), tf.constant(3)));
    Operand<TNumber> byHead =
        swapMiddle(
            tf.reshape(queries, tf.constant(new int[] {-1, shape.queries(), d.heads(), width})));
    return swapMiddle(BatchProduct.of(tf, byHead, keys, true));
  }

  @Override
  public Operand<TNumber> values(
      Operand<TNumber> probabilities, Operand<TNumber> latents, TileShape shape) {
    Ops tf = c.tf();
    Operand<TNumber> values = swapMiddle(expand(latents, weights.valueUp(), d.value(), shape));
    Operand<TNumber> mixed =
        swapMiddle(BatchProduct.of(tf, swapMiddle(probabilities), values, false));
    return tf.reshape(mixed, tf.constant(new int[] {-1, d.heads() * d.value()}));
  }

  @Override
  public Operand<TNumber> heads(Operand<TNumber> values) {
    return values;
  }

  /** {@code [G, S, H, width]} from {@code [G, S, C]}. */
  private Operand<TNumber> expand(
      Operand<TNumber> latents, Operand<TNumber> up, int width, TileShape shape) {
    Ops tf = c.tf();
    Operand<TNumber> content =
        tf.reshape(part(latents, 0, d.latent()), tf.constant(new int[] {-1, d.latent()}));
    Operand<TNumber> weight = tf.reshape(up, tf.constant(new int[] {-1, d.latent()}));
    return tf.reshape(
        tf.linalg.matMul(content, weight, MatMul.transposeB(true)),
        tf.constant(new int[] {-1, shape.span(), d.heads(), width}));
  }

  private Operand<TNumber> part(Operand<TNumber> latents, int from, int width) {
    Ops tf = c.tf();
    return tf.slice(
        latents, tf.constant(new int[] {0, 0, from}), tf.constant(new int[] {-1, -1, width}));
  }

  private Operand<TNumber> swapMiddle(Operand<TNumber> x) {
    return c.tf().linalg.transpose(x, c.tf().constant(new int[] {0, 2, 1, 3}));
  }
}
