package io.promptmill.spark.executor;

import io.promptmill.model.ModelInfo;
import java.io.Serializable;
import java.util.List;

/**
 * What a model turned out to be when an executor opened it; see {@link ModelInfo}.
 *
 * @param architecture such as {@code DeepseekV2ForCausalLM}
 * @param dtype precision of the products
 * @param devices such as {@code [/CPU:0]}
 * @param parameters number of parameters
 * @param weightBytes bytes of the resident weights
 */
public record ModelFacts(
    String architecture, String dtype, List<String> devices, long parameters, long weightBytes)
    implements Serializable {

  static ModelFacts of(ModelInfo info) {
    return new ModelFacts(
        info.architecture(), info.dtype(), info.devices(), info.parameters(), info.weightBytes());
  }
}
