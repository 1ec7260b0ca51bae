package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.WeightVariables.Rows;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The two halves of {@code kv_b_proj}, which the checkpoint stores head by head as {@code [H *
 * (nope + v), latent]}.
 *
 * @param keyUp {@code [H, nope, latent]}
 * @param valueUp {@code [H, v, latent]}
 */
record MlaWeights(Operand<TNumber> keyUp, Operand<TNumber> valueUp) {

  static MlaWeights of(LayerContext c, String name, MlaDimensions d) {
    long height = (long) d.nope() + d.value();
    List<Rows> keys = new ArrayList<>();
    List<Rows> values = new ArrayList<>();
    for (int head = 0; head < d.heads(); head++) {
      keys.add(new Rows(head * height, d.nope()));
      values.add(new Rows(head * height + d.nope(), d.value()));
    }
    long[] stored = {d.heads() * height, d.latent()};
    return new MlaWeights(
        c.weights().rows(c.tf(), name, stored, keys, d.heads(), d.nope(), d.latent()),
        c.weights().rows(c.tf(), name, stored, values, d.heads(), d.value(), d.latent()));
  }
}
