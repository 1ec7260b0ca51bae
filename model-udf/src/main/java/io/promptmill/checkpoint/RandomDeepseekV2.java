package io.promptmill.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tensors of a random {@code DeepseekV2ForCausalLM} checkpoint: names and shapes as published,
 * scales such that activations keep about unit variance, the router spreads tokens over all experts
 * and the logits have a clear maximum.
 */
final class RandomDeepseekV2 {
  private static final double GAIN = 1.2;

  /** Router and output head: wide enough apart that experts and tokens differ. */
  private static final double CHOICE_GAIN = 2;

  private final HfConfig config;
  private final int hidden;
  private final List<RandomTensor> tensors = new ArrayList<>();

  private RandomDeepseekV2(HfConfig config) {
    this.config = config;
    this.hidden = config.integer("hidden_size");
  }

  /**
   * @param config a DeepSeek-V2 {@code config.json}
   * @throws io.promptmill.error.PromptmillException with {@code CHECKPOINT_INVALID} if a field is
   *     missing or of the wrong type
   */
  static List<RandomTensor> tensors(HfConfig config) {
    RandomDeepseekV2 model = new RandomDeepseekV2(config);
    int vocabulary = config.integer("vocab_size");
    model.tensors.add(
        new RandomTensor(
            "model.embed_tokens.weight", List.of((long) vocabulary, (long) model.hidden), 0, 1));
    int layers = config.integer("num_hidden_layers");
    for (int layer = 0; layer < layers; layer++) {
      model.layer(layer);
    }
    model.norm("model.norm", model.hidden);
    if (!config.optionalBool("tie_word_embeddings").orElse(false)) {
      model.linear("lm_head", vocabulary, model.hidden, CHOICE_GAIN);
    }
    return List.copyOf(model.tensors);
  }

  private void layer(int layer) {
    String prefix = "model.layers." + layer + ".";
    attention(prefix + "self_attn.");
    OptionalInt experts = config.optionalInteger("n_routed_experts");
    boolean sparse =
        experts.isPresent()
            && layer >= config.integer("first_k_dense_replace")
            && layer % config.optionalInteger("moe_layer_freq").orElse(1) == 0;
    if (sparse) {
      experts(prefix + "mlp.", experts.getAsInt());
    } else {
      feedForward(prefix + "mlp.", config.integer("intermediate_size"));
    }
    norm(prefix + "input_layernorm", hidden);
    norm(prefix + "post_attention_layernorm", hidden);
  }

  private void attention(String prefix) {
    int heads = config.integer("num_attention_heads");
    int nope = config.integer("qk_nope_head_dim");
    int rope = config.integer("qk_rope_head_dim");
    int value = config.integer("v_head_dim");
    int latent = config.integer("kv_lora_rank");
    OptionalInt queryLatent = config.optionalInteger("q_lora_rank");
    if (queryLatent.isPresent()) {
      linear(prefix + "q_a_proj", queryLatent.getAsInt(), hidden, GAIN);
      norm(prefix + "q_a_layernorm", queryLatent.getAsInt());
      linear(prefix + "q_b_proj", heads * (nope + rope), queryLatent.getAsInt(), GAIN);
    } else {
      linear(prefix + "q_proj", heads * (nope + rope), hidden, GAIN);
    }
    linear(prefix + "kv_a_proj_with_mqa", latent + rope, hidden, GAIN);
    norm(prefix + "kv_a_layernorm", latent);
    linear(prefix + "kv_b_proj", heads * (nope + value), latent, GAIN);
    linear(prefix + "o_proj", hidden, heads * value, GAIN);
  }

  private void experts(String prefix, int experts) {
    int inner = config.integer("moe_intermediate_size");
    for (int expert = 0; expert < experts; expert++) {
      feedForward(prefix + "experts." + expert + ".", inner);
    }
    linear(prefix + "gate", experts, hidden, CHOICE_GAIN);
    OptionalInt shared = config.optionalInteger("n_shared_experts");
    if (shared.isPresent()) {
      feedForward(prefix + "shared_experts.", inner * shared.getAsInt());
    }
  }

  private void feedForward(String prefix, int inner) {
    linear(prefix + "gate_proj", inner, hidden, GAIN);
    linear(prefix + "up_proj", inner, hidden, GAIN);
    linear(prefix + "down_proj", hidden, inner, GAIN);
  }

  private void linear(String name, int out, int in, double gain) {
    tensors.add(RandomTensor.linear(name + ".weight", out, in, gain));
  }

  private void norm(String name, int size) {
    tensors.add(RandomTensor.norm(name + ".weight", size));
  }
}
