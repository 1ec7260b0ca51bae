package io.promptmill.model.family;

import io.promptmill.model.layer.MultiHeadLatentAttention;
import io.promptmill.model.layer.RmsNorm;
import io.promptmill.model.layer.RotaryEmbedding;
import io.promptmill.model.layer.SwiGlu;
import io.promptmill.model.moe.ExpertFfn;
import io.promptmill.model.moe.Router;
import io.promptmill.model.runtime.KvTensors;
import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.QueryInputs;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** One layer of DeepSeek-V2: attention and feed-forward, each behind a norm, each added. */
final class DecoderLayer {
  private static final double LATENT_NORM_EPS = 1e-6;

  private final LayerContext c;
  private final RmsNorm attentionNorm;
  private final MultiHeadLatentAttention attention;
  private final RmsNorm feedForwardNorm;
  private final Optional<SwiGlu> dense;
  private final Optional<Router> router;
  private final Optional<ExpertFfn> experts;

  DecoderLayer(
      LayerContext c,
      int index,
      DeepSeekV2Config config,
      ModelVariant variant,
      RotaryEmbedding rotary,
      KvTensors cache) {
    this.c = c;
    String name = "model.layers." + index;
    int hidden = config.mla().hidden();
    attentionNorm = new RmsNorm(c, name + ".input_layernorm", hidden, config.normEps());
    attention =
        new MultiHeadLatentAttention(
            c,
            name + ".self_attn",
            config.mla(),
            new MultiHeadLatentAttention.Settings(
                config.attentionScale(), LATENT_NORM_EPS, config.bias(), variant.attention()),
            rotary,
            cache);
    feedForwardNorm = new RmsNorm(c, name + ".post_attention_layernorm", hidden, config.normEps());
    if (config.hasExperts(index)) {
      ExpertFfn.Dimensions d = config.experts().orElseThrow();
      router = config.router().map(settings -> new Router(c, name + ".mlp.gate", hidden, settings));
      experts = Optional.of(ExpertFfn.of(c, name + ".mlp.experts", d, variant.experts()));
      int shared = config.sharedExperts() * d.intermediate();
      dense =
          shared == 0
              ? Optional.empty()
              : Optional.of(new SwiGlu(c, name + ".mlp.shared_experts", hidden, shared));
    } else {
      router = Optional.empty();
      experts = Optional.empty();
      dense = Optional.of(new SwiGlu(c, name + ".mlp", hidden, config.denseIntermediate()));
    }
  }

  /**
   * Normed rows and the cache with their latents in it.
   *
   * @param rows {@code [T, hidden]}
   */
  record Written(Operand<TNumber> rows, Op cache) {}

  /**
   * @param x {@code [T, hidden]}
   */
  Written write(
      Operand<TFloat32> x, Operand<TInt32> slots, Operand<TFloat32> cos, Operand<TFloat32> sin) {
    Operand<TNumber> normed = c.round(attentionNorm.apply(x));
    return new Written(normed, attention.write(normed, slots, cos, sin));
  }

  /**
   * @param x {@code [R, hidden]} rows that go on
   * @param normed {@code [R, hidden]} the same rows of {@link Written#rows()}
   * @return {@code [R, hidden]}
   */
  Operand<TFloat32> apply(
      Operand<TFloat32> x, Operand<TNumber> normed, Written written, QueryInputs in) {
    var tf = c.tf();
    Operand<TFloat32> attended =
        tf.math.add(x, c.widen(attention.attend(normed, written.cache(), in)));
    Operand<TFloat32> wide = feedForwardNorm.apply(attended);
    Operand<TNumber> narrow = c.round(wide);
    Operand<TFloat32> sum = attended;
    if (dense.isPresent()) {
      sum = tf.math.add(sum, c.widen(dense.get().apply(narrow)));
    }
    if (experts.isPresent()) {
      sum = tf.math.add(sum, experts.get().apply(narrow, router.orElseThrow().apply(wide)));
    }
    return sum;
  }
}
