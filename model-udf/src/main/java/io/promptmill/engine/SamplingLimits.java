package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;

/** Ranges of the sampling parameters. */
final class SamplingLimits {
  private SamplingLimits() {}

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} that names parameter, range and value
   */
  static void check(SamplingParams params, int vocabSize) {
    require(params.maxTokens() >= 1, "maxTokens", "at least 1", params.maxTokens());
    require(
        params.minTokens() >= 0 && params.minTokens() <= params.maxTokens(),
        "minTokens",
        "from 0 to maxTokens (" + params.maxTokens() + ")",
        params.minTokens());
    require(
        params.temperature() >= 0 && params.temperature() < Double.POSITIVE_INFINITY,
        "temperature",
        "finite and at least 0",
        params.temperature());
    require(params.topK() >= 0, "topK", "at least 0", params.topK());
    require(params.topP() > 0 && params.topP() <= 1, "topP", "above 0, at most 1", params.topP());
    require(params.minP() >= 0 && params.minP() <= 1, "minP", "from 0 to 1", params.minP());
    require(
        params.repetitionPenalty() > 0 && params.repetitionPenalty() < Double.POSITIVE_INFINITY,
        "repetitionPenalty",
        "finite and above 0",
        params.repetitionPenalty());
    require(
        Double.isFinite(params.presencePenalty()),
        "presencePenalty",
        "finite",
        params.presencePenalty());
    require(
        Double.isFinite(params.frequencyPenalty()),
        "frequencyPenalty",
        "finite",
        params.frequencyPenalty());
    for (int token : params.stopTokenIds()) {
      require(
          token >= 0 && token < vocabSize,
          "stopTokenIds",
          "ids from 0 to " + (vocabSize - 1),
          token);
    }
    require(params.n() >= 1, "n", "at least 1", params.n());
    require(
        params.logprobs() >= -1 && params.logprobs() <= vocabSize,
        "logprobs",
        "from -1 to the vocabulary's size (" + vocabSize + ")",
        params.logprobs());
  }

  private static void require(boolean holds, String name, String range, Number found) {
    if (!holds) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "sampling parameter %s must be %s, is %s".formatted(name, range, found));
    }
  }
}
