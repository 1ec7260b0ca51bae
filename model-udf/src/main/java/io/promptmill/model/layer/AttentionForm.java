package io.promptmill.model.layer;

import io.promptmill.model.runtime.TileShape;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * How queries meet cached latents (DeepSeek-V2, section 2.1.2): two ways of writing the same
 * product. {@code H} heads, {@code C} = latent and rotary width.
 */
sealed interface AttentionForm permits AbsorbedAttention, ExpandedAttention {

  /**
   * @param nope {@code [T, H, nope]} scaled queries without position
   * @param rotary {@code [T, H, rotary]} scaled, rotated queries
   * @return {@code [T, H * query width]}
   */
  Operand<TNumber> queries(Operand<TNumber> nope, Operand<TNumber> rotary);

  /**
   * Products of queries and keys.
   *
   * @param queries {@code [G, Q, H * query width]}
   * @param latents {@code [G, S, C]}
   * @return {@code [G, Q, H, S]}
   */
  Operand<TNumber> scores(Operand<TNumber> queries, Operand<TNumber> latents, TileShape shape);

  /**
   * Values weighted by probabilities.
   *
   * @param probabilities {@code [G, Q, H, S]}
   * @param latents {@code [G, S, C]}
   * @return {@code [G * Q, H * value width]}
   */
  Operand<TNumber> values(
      Operand<TNumber> probabilities, Operand<TNumber> latents, TileShape shape);

  /**
   * @param values {@code [T, H * value width]}
   * @return {@code [T, H * v]}
   */
  Operand<TNumber> heads(Operand<TNumber> values);
}
