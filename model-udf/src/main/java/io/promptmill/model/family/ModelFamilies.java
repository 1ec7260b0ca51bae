package io.promptmill.model.family;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model families by the name that a {@code config.json} gives in {@code architectures}. */
public final class ModelFamilies {
  private interface Family {
    CausalLm open(CheckpointDirectory checkpoint, ModelOptions options);
  }

  private static final Map<String, Family> FAMILIES =
      new TreeMap<>(Map.of(DeepSeekV2.ARCHITECTURE, DeepSeekV2::open));

  private ModelFamilies() {}

  /**
   * Builds the graph and loads the weights.
   *
   * @throws PromptmillException with {@link ErrorCode#MODEL_UNSUPPORTED} for another architecture,
   *     with {@link ErrorCode#CHECKPOINT_INVALID} if config and tensors do not make a model, with
   *     {@link ErrorCode#OPTION_INVALID} for an option out of range
   */
  public static CausalLm open(CheckpointDirectory checkpoint, ModelOptions options) {
    List<String> architectures = checkpoint.config().strings("architectures");
    for (String architecture : architectures) {
      Family family = FAMILIES.get(architecture);
      if (family != null) {
        return family.open(checkpoint, options);
      }
    }
    throw new PromptmillException(
        ErrorCode.MODEL_UNSUPPORTED,
        checkpoint.uri()
            + "/config.json: field architectures: supported are "
            + FAMILIES.keySet()
            + ", found "
            + architectures);
  }
}
