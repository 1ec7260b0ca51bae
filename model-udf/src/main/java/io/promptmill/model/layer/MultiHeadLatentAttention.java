package io.promptmill.model.layer;

import io.promptmill.model.runtime.KvTensors;
import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.QueryInputs;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Multi-head latent attention (DeepSeek-V2, section 2.1; {@code DeepseekV2Attention} of the
 * published modelling code). The cache of a token is its normed latent and its rotated key.
 */
public final class MultiHeadLatentAttention {
  /** How queries meet the cache. */
  public enum Form {
    /** In latent space; what the engine runs. */
    ABSORBED,
    /** With keys and values of every head. */
    EXPANDED
  }

  /**
   * Settings beside the sizes.
   *
   * @param scale of the scores
   * @param normEps of the norms of latents
   * @param bias whether the projections from and to the model's width have biases
   */
  public record Settings(double scale, double normEps, boolean bias, Form form) {}

  private final LayerContext c;
  private final Ops tf;
  private final MlaDimensions d;
  private final Settings settings;
  private final RotaryEmbedding rotary;
  private final KvTensors.Layer cache;
  private final Linear queryDown;
  private final RmsNorm queryNorm;
  private final Linear queryUp;
  private final Linear latentDown;
  private final RmsNorm latentNorm;
  private final AttentionForm form;
  private final Linear output;

  /** The attention of the checkpoint's {@code <name>.*_proj} and {@code <name>.*_layernorm}. */
  public MultiHeadLatentAttention(
      LayerContext c,
      String name,
      MlaDimensions d,
      Settings settings,
      RotaryEmbedding rotary,
      KvTensors cache) {
    this.c = c;
    this.tf = c.tf();
    this.d = d;
    this.settings = settings;
    this.rotary = rotary;
    this.cache = cache.layer(tf, d.cacheWidth());
    int queries = d.heads() * (d.nope() + d.rotary());
    if (d.queryLatent() == 0) {
      queryDown = null;
      queryNorm = null;
      queryUp = Linear.of(c, name + ".q_proj", queries, d.hidden(), false);
    } else {
      queryDown = Linear.of(c, name + ".q_a_proj", d.queryLatent(), d.hidden(), settings.bias());
      queryNorm = new RmsNorm(c, name + ".q_a_layernorm", d.queryLatent(), settings.normEps());
      queryUp = Linear.of(c, name + ".q_b_proj", queries, d.queryLatent(), false);
    }
    latentDown =
        Linear.of(c, name + ".kv_a_proj_with_mqa", d.cacheWidth(), d.hidden(), settings.bias());
    latentNorm = new RmsNorm(c, name + ".kv_a_layernorm", d.latent(), settings.normEps());
    MlaWeights weights = MlaWeights.of(c, name + ".kv_b_proj.weight", d);
    form =
        settings.form() == Form.ABSORBED
            ? new AbsorbedAttention(c, d, weights)
            : new ExpandedAttention(c, d, weights);
    output = Linear.of(c, name + ".o_proj", d.hidden(), d.heads() * d.value(), settings.bias());
  }

  /**
   * Writes the latents of a step into the cache.
   *
   * @param x {@code [T, hidden]} normed
   * @param slots {@code [T]}
   * @param cos {@code [T, 1, rotary]}
   * @param sin {@code [T, 1, rotary]}
   * @return what {@link #attend} must wait for
   */
  public Op write(
      Operand<TNumber> x, Operand<TInt32> slots, Operand<TFloat32> cos, Operand<TFloat32> sin) {
    Operand<TFloat32> down = c.widen(latentDown.apply(x));
    Operand<TFloat32> latent = latentNorm.apply(columns(down, 0, d.latent()));
    Operand<TFloat32> key =
        rotary.rotate(
            c, tf.expandDims(columns(down, d.latent(), d.rotary()), tf.constant(1)), cos, sin);
    Operand<TFloat32> row =
        tf.concat(
            List.of(latent, tf.reshape(key, tf.constant(new int[] {-1, d.rotary()}))),
            tf.constant(1));
    return cache.write(tf, slots, c.round(row));
  }

  /**
   * @param x {@code [T, hidden]} normed rows that ask
   * @param written from {@link #write}
   * @return {@code [T, hidden]}
   */
  public Operand<TNumber> attend(Operand<TNumber> x, Op written, QueryInputs in) {
    Operand<TNumber> narrow =
        queryDown == null ? x : c.round(queryNorm.apply(c.widen(queryDown.apply(x))));
    int width = d.nope() + d.rotary();
    Operand<TFloat32> queries =
        tf.math.mul(
            tf.reshape(
                c.widen(queryUp.apply(narrow)), tf.constant(new int[] {-1, d.heads(), width})),
            tf.constant((float) settings.scale()));
    Operand<TNumber> nope = c.round(lastAxis(queries, 0, d.nope()));
    Operand<TFloat32> turned =
        rotary.rotate(c, lastAxis(queries, d.nope(), d.rotary()), in.cos(), in.sin());
    Operand<TNumber> values =
        new TiledAttention(c, form, d.heads())
            .apply(form.queries(nope, c.round(turned)), cache, written, in);
    return output.apply(form.heads(values));
  }

  private Operand<TFloat32> columns(Operand<TFloat32> x, int from, int width) {
    return tf.slice(x, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, width}));
  }

  private Operand<TFloat32> lastAxis(Operand<TFloat32> x, int from, int width) {
    return tf.slice(x, tf.constant(new int[] {0, 0, from}), tf.constant(new int[] {-1, -1, width}));
  }
}
