package io.promptmill.benchmark;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.checkpoint.HfConfig;
import io.promptmill.checkpoint.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The work that cannot be avoided, counted from the checkpoint's shapes. A parameter of a matrix
 * costs two floating-point operations (FLOP) for a token that meets it.
 *
 * @param layers decoder layers, in order
 * @param experts routed experts of a layer, at least 1
 * @param expertsPerToken of them that a token meets
 * @param headParameters of the projection to the vocabulary
 * @param pairFlops of one query and one key in one layer, in the expanded form: {@code 2 · heads ·
 *     (qk_nope_head_dim + qk_rope_head_dim + v_head_dim)}
 * @param cacheWidth cached values of one token in one layer
 */
record ModelWork(
    List<Layer> layers,
    int experts,
    int expertsPerToken,
    long headParameters,
    long pairFlops,
    int cacheWidth) {

  /**
   * Parameters of one layer's matrices.
   *
   * @param always met by every token: attention, dense and shared feed-forward, router
   * @param routed of all routed experts together
   * @param latents those of {@code always} that make the cached latents
   */
  record Layer(long always, long routed, long latents) {
    private Layer plus(Layer other) {
      return new Layer(always + other.always, routed + other.routed, latents + other.latents);
    }
  }

  private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)");

  static ModelWork of(CheckpointDirectory checkpoint) {
    HfConfig config = checkpoint.config();
    WeightSource weights = checkpoint.weights();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
      layers.add(new Layer(0, 0, 0));
    }
    for (String name : weights.names()) {
      Matcher matcher = LAYER.matcher(name);
      List<Long> shape = weights.entry(name).shape();
      if (matcher.matches() && shape.size() == 2) {
        int layer = Integer.parseInt(matcher.group(1));
        Layer one = layer(matcher.group(2), shape.get(0) * shape.get(1));
        layers.set(layer, layers.get(layer).plus(one));
      }
    }
    return new ModelWork(
        List.copyOf(layers),
        Math.max(1, config.optionalInteger("n_routed_experts").orElse(1)),
        config.optionalInteger("num_experts_per_tok").orElse(0),
        (long) config.integer("vocab_size") * config.integer("hidden_size"),
        2L
            * config.integer("num_attention_heads")
            * (config.integer("qk_nope_head_dim")
                + config.integer("qk_rope_head_dim")
                + config.integer("v_head_dim")),
        config.integer("kv_lora_rank") + config.integer("qk_rope_head_dim"));
  }

  private static Layer layer(String name, long parameters) {
    if (name.startsWith("mlp.experts.")) {
      return new Layer(0, parameters, 0);
    }
    return new Layer(parameters, 0, name.contains("kv_a_proj_with_mqa") ? parameters : 0);
  }

  /** FLOP of one token through every layer, without attention scores and head. */
  double fullTokenFlops() {
    return layers.stream().mapToDouble(this::tokenFlops).sum();
  }

  private double tokenFlops(Layer layer) {
    return 2 * (layer.always() + (double) layer.routed() * expertsPerToken / experts);
  }

  /**
   * FLOP of one prompt of which one position's logits are wanted: beyond the last layer's latents
   * only that position goes on.
   *
   * @param cached tokens at its beginning that were computed before
   * @param tokens of the whole prompt
   */
  double promptFlops(int cached, int tokens) {
    Layer last = layers.get(layers.size() - 1);
    double perToken = fullTokenFlops() - tokenFlops(last) + 2.0 * last.latents();
    double pairs = ((double) tokens * (tokens + 1) - (double) cached * (cached + 1)) / 2;
    return (tokens - cached) * perToken
        + pairs * pairFlops * (layers.size() - 1)
        + tokenFlops(last)
        + (double) tokens * pairFlops
        + 2.0 * headParameters;
  }

  /** FLOP of a step of one token for every sequence. */
  double stepFlops(int sequences, double context) {
    return sequences
        * (fullTokenFlops() + 2.0 * headParameters + context * pairFlops * layers.size());
  }

  /**
   * Bytes that such a step must read: every matrix once, of the routed experts those that at least
   * one of the sequences meets, {@code experts · (1 − (1 − expertsPerToken / experts)^sequences)}
   * if the router spreads tokens evenly, and every sequence's cached latents.
   */
  double stepBytes(int sequences, double context, int elementBytes) {
    double met = 1 - Math.pow(1 - (double) expertsPerToken / experts, sequences);
    double parameters = headParameters;
    for (Layer layer : layers) {
      parameters += layer.always() + layer.routed() * met;
    }
    double latents = sequences * context * cacheWidth * layers.size();
    return elementBytes * (parameters + latents);
  }
}
