package io.promptmill.engine;

/**
 * @param hidden {@code [hidden]} last layer's states after the final norm, pooled, float32
 * @param promptTokens length of the prompt
 * @param cachedTokens prompt tokens whose latents were already there
 */
public record EmbedResult(float[] hidden, int promptTokens, int cachedTokens) {}
