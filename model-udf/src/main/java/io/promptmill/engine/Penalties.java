package io.promptmill.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Penalties on tokens that were there before, in vLLM's order ({@code apply_penalties}): repetition
 * over prompt and completion (as in the CTRL paper and transformers' {@code
 * RepetitionPenaltyLogitsProcessor}), then frequency and presence over the completion alone.
 */
final class Penalties {
  private final float repetition;
  private final float presence;
  private final float frequency;
  private final BitSet seen = new BitSet();
  private final Map<Integer, Integer> drawn = new HashMap<>();

  Penalties(SamplingParams params, int[] prompt) {
    repetition = (float) params.repetitionPenalty();
    presence = (float) params.presencePenalty();
    frequency = (float) params.frequencyPenalty();
    for (int token : prompt) {
      seen.set(token);
    }
  }

  static boolean wantedBy(SamplingParams params) {
    return params.repetitionPenalty() != 1.0
        || params.presencePenalty() != 0.0
        || params.frequencyPenalty() != 0.0;
  }

  void drawn(int token) {
    seen.set(token);
    drawn.merge(token, 1, Integer::sum);
  }

  void apply(float[] logits) {
    if (repetition != 1f) {
      for (int token = seen.nextSetBit(0); token >= 0; token = seen.nextSetBit(token + 1)) {
        float logit = logits[token];
        logits[token] = logit > 0 ? logit / repetition : logit * repetition;
      }
    }
    drawn.forEach((token, count) -> logits[token] -= frequency * count + presence);
  }
}
