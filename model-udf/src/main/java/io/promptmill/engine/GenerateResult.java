package io.promptmill.engine;

import java.util.List;

/**
 * @param completions as many as {@link SamplingParams#n()}
 * @param promptTokens length of the prompt
 * @param cachedTokens prompt tokens whose latents were already there, computed for another row or
 *     an earlier one
 */
public record GenerateResult(List<Completion> completions, int promptTokens, int cachedTokens) {
  public GenerateResult {
    completions = List.copyOf(completions);
  }
}
