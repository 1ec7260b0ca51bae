package io.promptmill.model.moe;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where the tokens of a step go.
 *
 * @param experts {@code [T, k]} expert of each choice
 * @param weights {@code [T, k]} what its output is multiplied by
 */
public record Routing(Operand<TInt32> experts, Operand<TFloat32> weights) {}
