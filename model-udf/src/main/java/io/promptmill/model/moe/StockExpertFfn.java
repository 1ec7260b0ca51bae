package io.promptmill.model.moe;

import io.promptmill.model.layer.SwiGlu;
import io.promptmill.model.runtime.LayerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Tokens put in the order of their experts, so that each expert's products are over consecutive
 * rows and all else is done once for all of them.
 */
final class StockExpertFfn implements ExpertFfn {
  private final LayerContext c;
  private final Dimensions d;
  private final List<SwiGlu> experts = new ArrayList<>();

  StockExpertFfn(LayerContext c, String name, Dimensions d) {
    this.c = c;
    this.d = d;
    for (int expert = 0; expert < d.experts(); expert++) {
      experts.add(new SwiGlu(c, name + "." + expert, d.hidden(), d.intermediate()));
    }
  }

  @Override
  public Operand<TFloat32> apply(Operand<TNumber> x, Routing routing) {
    Ops tf = c.tf();
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> expertOfPair = tf.reshape(routing.experts(), tf.constant(new int[] {-1}));
    Operand<TInt32> pairs = tf.range(zero, tf.size(expertOfPair), tf.constant(1));
    List<Operand<TInt32>> pairsOf =
        List.copyOf(tf.dynamicPartition(pairs, expertOfPair, (long) d.experts()).outputs());
    List<Operand<TInt32>> sizesOf = new ArrayList<>();
    pairsOf.forEach(of -> sizesOf.add(tf.size(of)));
    Operand<TInt32> sizes = tf.stack(sizesOf);
    Operand<TInt32> byExpert = tf.concat(pairsOf, zero);
    Operand<TInt32> tokens = tf.math.div(byExpert, tf.constant(d.perToken()));
    Operand<TNumber> inputs = tf.gather(x, tokens, zero);
    Operand<TNumber> inner =
        SwiGlu.gated(
            c,
            each(SwiGlu::gate, inputs, sizes),
            each(SwiGlu::up, inputs, sizes),
            d.intermediate());
    Operand<TNumber> outputs = each(SwiGlu::down, inner, sizes);
    Operand<TNumber> byPair = tf.gather(outputs, tf.math.invertPermutation(byExpert), zero);
    return ExpertFfn.combine(c, d, byPair, routing.weights());
  }

  /**
   * Each expert's part of a layer, on its own rows.
   *
   * @param rows {@code [T * k, in]} expert by expert
   * @param sizes {@code [experts]} rows of each
   * @return {@code [T * k, out]}
   */
  private Operand<TNumber> each(
      BiFunction<SwiGlu, Operand<TNumber>, Operand<TNumber>> part,
      Operand<TNumber> rows,
      Operand<TInt32> sizes) {
    Ops tf = c.tf();
    List<Output<TNumber>> rowsOf =
        tf.splitV(rows, sizes, tf.constant(0), (long) d.experts()).output();
    List<Operand<TNumber>> results = new ArrayList<>();
    for (int expert = 0; expert < d.experts(); expert++) {
      results.add(part.apply(experts.get(expert), rowsOf.get(expert)));
    }
    return tf.concat(results, tf.constant(0));
  }
}
