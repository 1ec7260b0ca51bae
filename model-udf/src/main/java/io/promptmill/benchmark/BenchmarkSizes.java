package io.promptmill.benchmark;

import io.promptmill.checkpoint.HfConfig;
import io.promptmill.checkpoint.RandomCheckpoint;
import io.promptmill.model.runtime.MachineLimits;
import java.util.List;

/**
 * How large everything is.
 *
 * @param config of the random checkpoint
 * @param cacheTokens tokens that the latent cache holds
 * @param prefill prompts at a time and their length
 * @param decodeBatches sequences at a time
 * @param context prompt tokens of each of them
 * @param windowSteps steps of one measurement of decoding
 * @param mmlu shape of the multiple-choice job where no token ids are given
 * @param gsm8k shape of the completion job where no token ids are given
 * @param completionTokens tokens drawn for each prompt of it
 * @param limits effort of measuring the machine
 */
record BenchmarkSizes(
    HfConfig config,
    int cacheTokens,
    List<Prompts> prefill,
    List<Integer> decodeBatches,
    int context,
    int windowSteps,
    SharedPrompts mmlu,
    SharedPrompts gsm8k,
    int completionTokens,
    MachineLimits.Effort limits) {

  /** Some prompts of one length. */
  record Prompts(int count, int tokens) {
    @Override
    public String toString() {
      return count + " x " + tokens;
    }
  }

  /** Some prompts that begin with the same header. */
  record SharedPrompts(int count, int header, int own) {}

  /** Sizes that are comparable between runs. */
  static BenchmarkSizes standard(int layers) {
    return new BenchmarkSizes(
        RandomCheckpoint.deepseekV2Lite(layers),
        1 << 16,
        List.of(new Prompts(1, 512), new Prompts(1, 2048), new Prompts(8, 512)),
        List.of(1, 8, 32, 64, 128),
        256,
        8,
        new SharedPrompts(40, 600, 100),
        new SharedPrompts(64, 550, 60),
        64,
        MachineLimits.Effort.FULL);
  }

  /** Bytes of the latent cache. */
  long cacheBytes(int elementBytes) {
    long width = (long) config.integer("kv_lora_rank") + config.integer("qk_rope_head_dim");
    return width * config.integer("num_hidden_layers") * elementBytes * cacheTokens;
  }
}
