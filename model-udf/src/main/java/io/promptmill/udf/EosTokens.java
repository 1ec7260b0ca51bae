package io.promptmill.udf;

import io.promptmill.checkpoint.HfConfig;
import io.promptmill.text.Tokenizer;
import java.util.Optional;

/** Which tokens end a completion. */
final class EosTokens {

  private static final String KEY = "eos_token_id";

  private EosTokens() {}

  /**
   * Ids that {@code generation_config.json} names, else {@code config.json}, else the tokenizer;
   * empty if none of them names any.
   */
  static int[] of(Optional<HfConfig> generation, HfConfig config, Tokenizer tokenizer) {
    int[] ids = generation.map(each -> each.integers(KEY)).orElseGet(() -> new int[0]);
    if (ids.length == 0) {
      ids = config.integers(KEY);
    }
    if (ids.length == 0 && tokenizer.eosTokenId() >= 0) {
      ids = new int[] {tokenizer.eosTokenId()};
    }
    return ids;
  }
}
