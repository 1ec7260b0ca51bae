package io.promptmill.model.family;

import io.promptmill.model.layer.MultiHeadLatentAttention;
import io.promptmill.model.moe.ExpertFfn;
import io.promptmill.model.runtime.DevicePlacement;

/** Which of several equivalent computations a graph is made of. */
record ModelVariant(MultiHeadLatentAttention.Form attention, ExpertFfn.Kind experts) {

  /** The fastest known on these devices whose results do not depend on the batch. */
  static ModelVariant fastest(DevicePlacement placement) {
    return new ModelVariant(
        MultiHeadLatentAttention.Form.ABSORBED,
        placement.usesGpu() ? ExpertFfn.Kind.BATCHED : ExpertFfn.Kind.STOCK);
  }
}
