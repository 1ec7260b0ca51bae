package io.promptmill.model;

import java.util.List;

/**
 * Facts about a loaded model that its callers need.
 *
 * @param architecture such as {@code DeepseekV2ForCausalLM}
 * @param revision content digest of the checkpoint
 * @param vocabSize width of the logits, at least the tokenizer's vocabulary
 * @param maxPositions longest sequence, prompt and completion together, in tokens
 * @param dtype precision of the products, {@code bfloat16} or {@code float32}
 * @param devices such as {@code [/CPU:0]}
 * @param parameters number of parameters
 * @param weightBytes bytes of the resident weights
 */
public record ModelInfo(
    String architecture,
    String revision,
    int vocabSize,
    int maxPositions,
    String dtype,
    List<String> devices,
    long parameters,
    long weightBytes) {

  public ModelInfo {
    devices = List.copyOf(devices);
  }
}
