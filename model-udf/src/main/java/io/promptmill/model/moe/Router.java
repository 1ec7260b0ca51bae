package io.promptmill.model.moe;

import io.promptmill.model.layer.FixedRowProducts;
import io.promptmill.model.runtime.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gate of a layer of experts (DeepSeek-V2, section 2.2; {@code MoEGate} of the published
 * modelling code): softmax over the experts in float32, then the best {@code k}.
 */
public final class Router {
  /** Which experts may be chosen. */
  public sealed interface Choice {
    /** Any. */
    record Greedy() implements Choice {}

    /**
     * Those of the groups whose best expert scores highest.
     *
     * @param groups number of groups, of equal size
     * @param chosen groups that are kept
     */
    record GroupLimited(int groups, int chosen) implements Choice {}
  }

  /**
   * Settings of a gate.
   *
   * @param experts number of experts
   * @param perToken experts of a token
   * @param choice which may be chosen
   * @param normalise whether a token's weights are divided by their sum
   * @param scale what weights are multiplied by where they are not normalised
   */
  public record Settings(
      int experts, int perToken, Choice choice, boolean normalise, double scale) {}

  private final Ops tf;
  private final int hidden;
  private final Settings settings;
  private final Operand<TFloat32> weight;

  /** The gate of the checkpoint's {@code <name>.weight}, {@code [experts, hidden]}. */
  public Router(LayerContext c, String name, int hidden, Settings settings) {
    this.hidden = hidden;
    this.tf = c.tf();
    this.settings = settings;
    this.weight = c.weights().float32(tf, name + ".weight", settings.experts(), hidden);
  }

  /**
   * @param x {@code [T, hidden]}
   */
  public Routing apply(Operand<TFloat32> x) {
    Operand<TFloat32> scores =
        tf.nn.softmax(FixedRowProducts.product(tf, x, weight, hidden, settings.experts()));
    Operand<TFloat32> allowed =
        settings.choice() instanceof Choice.GroupLimited limited ? limit(scores, limited) : scores;
    var best = tf.nn.topK(allowed, tf.constant(settings.perToken()), TInt32.class);
    Operand<TFloat32> weights = best.values();
    if (settings.normalise() && settings.perToken() > 1) {
      Operand<TFloat32> sum = tf.reduceSum(weights, tf.constant(1), ReduceSum.keepDims(true));
      weights = tf.math.div(weights, tf.math.add(sum, tf.constant(1e-20f)));
    } else {
      weights = tf.math.mul(weights, tf.constant((float) settings.scale()));
    }
    return new Routing(best.indices(), weights);
  }

  private Operand<TFloat32> limit(Operand<TFloat32> scores, Choice.GroupLimited limited) {
    int size = settings.experts() / limited.groups();
    Operand<TFloat32> byGroup =
        tf.reshape(scores, tf.constant(new int[] {-1, limited.groups(), size}));
    Operand<TFloat32> best = tf.reduceMax(byGroup, tf.constant(2));
    Operand<TInt32> kept = tf.nn.topK(best, tf.constant(limited.chosen()), TInt32.class).indices();
    Operand<TFloat32> oneHot =
        tf.oneHot(kept, tf.constant(limited.groups()), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> mask = tf.expandDims(tf.reduceSum(oneHot, tf.constant(1)), tf.constant(2));
    return tf.reshape(tf.math.mul(byGroup, mask), tf.constant(new int[] {-1, settings.experts()}));
  }
}
