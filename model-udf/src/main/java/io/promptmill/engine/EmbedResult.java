package io.promptmill.engine;

/**
 * @param hidden {@code [hidden]} last layer's state of the last token, after the final norm,
 *     float32
 * @param promptTokens length of the prompt
 * @param cachedTokens prompt tokens whose latents were already there
 */
public record EmbedResult(float[] hidden, int promptTokens, int cachedTokens) {}
