package io.promptmill.engine;

/**
 * @param tokenId the token drawn or scored
 * @param logprob its natural log-probability under the model, before masks, penalties and
 *     temperature
 * @param topIds most likely tokens at that position, descending
 * @param topLogprobs their log-probabilities
 */
public record TokenLogprob(int tokenId, float logprob, int[] topIds, float[] topLogprobs) {}
