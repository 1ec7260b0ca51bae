package io.promptmill.model.family;

import io.promptmill.checkpoint.HfConfig;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.layer.MlaDimensions;
import io.promptmill.model.layer.YarnScaling;
import io.promptmill.model.moe.ExpertFfn;
import io.promptmill.model.moe.Router;
import java.util.Optional;

/**
 * The fields of a DeepSeek-V2 {@code config.json} that shape the model.
 *
 * @param vocab rows of the embedding
 * @param layers decoder layers
 * @param maxPositions longest sequence in tokens
 * @param normEps of the norms around attention and feed-forward
 * @param tied whether the head is the embedding
 * @param bias whether attention projections have biases
 * @param mla sizes of the attention
 * @param rotaryBase base of the rotary embedding
 * @param yarn its scaling
 * @param denseIntermediate width of dense feed-forward layers
 * @param firstDense layers before the first one with experts
 * @param expertEvery every how many layers experts come
 * @param sharedExperts experts that every token goes to, 0 for none
 * @param experts routed experts, empty if all layers are dense
 * @param router their gate
 */
record DeepSeekV2Config(
    int vocab,
    int layers,
    int maxPositions,
    double normEps,
    boolean tied,
    boolean bias,
    MlaDimensions mla,
    double rotaryBase,
    Optional<YarnScaling> yarn,
    int denseIntermediate,
    int firstDense,
    int expertEvery,
    int sharedExperts,
    Optional<ExpertFfn.Dimensions> experts,
    Optional<Router.Settings> router) {

  /**
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if a field is missing or
   *     has the wrong type, with {@link ErrorCode#MODEL_UNSUPPORTED} if a value asks for something
   *     else than DeepSeek-V2
   */
  static DeepSeekV2Config of(HfConfig config) {
    expect(config, "hidden_act", config.optionalString("hidden_act").orElse("silu"), "silu");
    int hidden = positive(config, "hidden_size");
    // Where transformers 5 writes rope_theta and rope_scaling.
    Optional<HfConfig> rope = config.optionalObject("rope_parameters");
    boolean hasExperts = config.optionalInteger("n_routed_experts").orElse(0) > 0;
    return new DeepSeekV2Config(
        positive(config, "vocab_size"),
        positive(config, "num_hidden_layers"),
        positive(config, "max_position_embeddings"),
        config.number("rms_norm_eps"),
        config.optionalBool("tie_word_embeddings").orElse(false),
        config.optionalBool("attention_bias").orElse(false),
        new MlaDimensions(
            hidden,
            positive(config, "num_attention_heads"),
            positive(config, "qk_nope_head_dim"),
            rotary(config),
            positive(config, "v_head_dim"),
            positive(config, "kv_lora_rank"),
            config.optionalInteger("q_lora_rank").orElse(0)),
        rope.filter(r -> r.has("rope_theta"))
            .orElse(config)
            .optionalNumber("rope_theta")
            .orElse(10000),
        rope.or(() -> config.optionalObject("rope_scaling")).flatMap(DeepSeekV2Config::yarn),
        positive(config, "intermediate_size"),
        config.optionalInteger("first_k_dense_replace").orElse(0),
        config.has("moe_layer_freq") ? positive(config, "moe_layer_freq") : 1,
        config.optionalInteger("n_shared_experts").orElse(0),
        hasExperts ? Optional.of(experts(config, hidden)) : Optional.empty(),
        hasExperts ? Optional.of(router(config)) : Optional.empty());
  }

  private static Optional<YarnScaling> yarn(HfConfig scaling) {
    String type = scaling.optionalString("type").orElseGet(() -> scaling.string("rope_type"));
    if (type.equals("default")) {
      return Optional.empty();
    }
    expect(scaling, "rope_scaling.type", type, "yarn");
    return Optional.of(
        new YarnScaling(
            scaling.number("factor"),
            scaling.integer("original_max_position_embeddings"),
            scaling.optionalNumber("beta_fast").orElse(32),
            scaling.optionalNumber("beta_slow").orElse(1),
            scaling.optionalNumber("mscale").orElse(1),
            scaling.optionalNumber("mscale_all_dim").orElse(0)));
  }

  private static int rotary(HfConfig config) {
    int rotary = positive(config, "qk_rope_head_dim");
    require(config, rotary % 2 == 0, "qk_rope_head_dim to be even, found " + rotary);
    return rotary;
  }

  private static int positive(HfConfig config, String field) {
    int value = config.integer(field);
    require(config, value > 0, field + " to be at least 1, found " + value);
    return value;
  }

  private static void require(HfConfig config, boolean holds, String expectation) {
    if (!holds) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID, config.origin() + ": expected " + expectation);
    }
  }

  private static ExpertFfn.Dimensions experts(HfConfig config, int hidden) {
    return new ExpertFfn.Dimensions(
        config.integer("n_routed_experts"),
        hidden,
        positive(config, "moe_intermediate_size"),
        config.integer("num_experts_per_tok"));
  }

  private static Router.Settings router(HfConfig config) {
    expect(
        config, "scoring_func", config.optionalString("scoring_func").orElse("softmax"), "softmax");
    int experts = config.integer("n_routed_experts");
    int perToken = positive(config, "num_experts_per_tok");
    require(
        config,
        perToken <= experts,
        "num_experts_per_tok to be at most n_routed_experts (%d), found %d"
            .formatted(experts, perToken));
    return new Router.Settings(
        experts,
        perToken,
        choice(config, experts),
        config.optionalBool("norm_topk_prob").orElse(false),
        config.optionalNumber("routed_scaling_factor").orElse(1));
  }

  private static Router.Choice choice(HfConfig config, int experts) {
    String method = config.optionalString("topk_method").orElse("greedy");
    if (method.equals("greedy")) {
      return new Router.Choice.Greedy();
    }
    expect(config, "topk_method", method, "group_limited_greedy");
    int groups = config.integer("n_group");
    int chosen = config.integer("topk_group");
    require(
        config,
        groups >= 1 && experts % groups == 0 && chosen >= 1 && chosen <= groups,
        "n_group to divide n_routed_experts and topk_group to be at most n_group, found"
            + " n_routed_experts %d, n_group %d, topk_group %d".formatted(experts, groups, chosen));
    return new Router.Choice.GroupLimited(groups, chosen);
  }

  private static void expect(HfConfig config, String field, String found, String supported) {
    if (!found.equals(supported)) {
      throw new PromptmillException(
          ErrorCode.MODEL_UNSUPPORTED,
          config.origin()
              + ": field "
              + field
              + ": supported is "
              + (field.equals("topk_method") ? "greedy, " : "")
              + supported
              + ", found "
              + found);
    }
  }

  /** Whether a layer's feed-forward is made of experts. */
  boolean hasExperts(int layer) {
    return experts.isPresent() && layer >= firstDense && layer % expertEvery == 0;
  }

  /** What scores of the attention are multiplied by. */
  double attentionScale() {
    return yarn.map(YarnScaling::attentionScale).orElse(1.0) / Math.sqrt(mla.nope() + mla.rotary());
  }
}
