package io.promptmill.model.moe;

import io.promptmill.model.layer.BatchProduct;
import io.promptmill.model.layer.SwiGlu;
import io.promptmill.model.runtime.LayerContext;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** All experts as one batched product over {@code [experts, capacity, hidden]}. */
final class BatchedExpertFfn implements ExpertFfn {
  private final LayerContext c;
  private final Ops tf;
  private final Dimensions d;
  private final Operand<TNumber> gate;
  private final Operand<TNumber> up;
  private final Operand<TNumber> down;

  BatchedExpertFfn(LayerContext c, String name, Dimensions d) {
    this.c = c;
    this.tf = c.tf();
    this.d = d;
    this.gate = stacked(name, "gate_proj", d.intermediate(), d.hidden());
    this.up = stacked(name, "up_proj", d.intermediate(), d.hidden());
    this.down = stacked(name, "down_proj", d.hidden(), d.intermediate());
  }

  private Operand<TNumber> stacked(String name, String projection, long out, long in) {
    List<String> tensors =
        IntStream.range(0, d.experts())
            .mapToObj(expert -> name + "." + expert + "." + projection + ".weight")
            .toList();
    return c.weights().stacked(tf, tensors, out, in);
  }

  @Override
  public Operand<TFloat32> apply(Operand<TNumber> x, Routing routing) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> expertOfPair = tf.reshape(routing.experts(), tf.constant(new int[] {-1}));
    Operand<TInt32> oneHot =
        tf.oneHot(expertOfPair, tf.constant(d.experts()), tf.constant(1), zero);
    Operand<TInt32> before = tf.math.cumsum(oneHot, zero, Cumsum.exclusive(true));
    Operand<TInt32> rank = tf.reduceSum(tf.math.mul(before, oneHot), tf.constant(1));
    // A capacity of one would be computed by another kernel than more.
    Operand<TInt32> capacity =
        tf.math.maximum(
            tf.constant(2),
            tf.math.add(tf.reduceMax(rank, zero, ReduceMax.keepDims(false)), tf.constant(1)));
    Operand<TInt32> place = tf.math.add(tf.math.mul(expertOfPair, capacity), rank);
    Operand<TInt32> pairs = tf.range(zero, tf.size(expertOfPair), tf.constant(1));
    Operand<TInt32> tokens = tf.math.div(pairs, tf.constant(d.perToken()));
    Operand<TInt32> places =
        tf.reshape(tf.math.mul(capacity, tf.constant(d.experts())), tf.constant(new int[] {1}));
    // Places that no token takes read token 0; their outputs are not gathered.
    Operand<TInt32> tokenOfPlace =
        tf.scatterNd(tf.expandDims(place, tf.constant(1)), tokens, places);
    Operand<TNumber> slots =
        tf.reshape(
            tf.gather(x, tokenOfPlace, zero),
            tf.stack(List.of(tf.constant(d.experts()), capacity, tf.constant(d.hidden()))));
    Operand<TNumber> inner =
        SwiGlu.gated(c, product(slots, gate), product(slots, up), d.intermediate());
    Operand<TNumber> outputs =
        tf.reshape(product(inner, down), tf.constant(new int[] {-1, d.hidden()}));
    return ExpertFfn.combine(c, d, tf.gather(outputs, place, zero), routing.weights());
  }

  private Operand<TNumber> product(Operand<TNumber> x, Operand<TNumber> weight) {
    return BatchProduct.of(tf, x, weight, true);
  }
}
