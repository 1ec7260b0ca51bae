package io.promptmill.engine;

/**
 * @param loglikelihood sum of the tokens' natural log-probabilities, added in float64 in token
 *     order
 * @param isGreedy whether every token is the most likely one at its position
 * @param tokenLogprobs one for each token, empty unless asked for
 */
public record ContinuationScore(double loglikelihood, boolean isGreedy, float[] tokenLogprobs) {}
