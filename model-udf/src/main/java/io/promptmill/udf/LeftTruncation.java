package io.promptmill.udf;

import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link Overflow#TRUNCATE_LEFT}, by the rules of lm-evaluation-harness 0.4.13 ({@code
 * HFLM._loglikelihood_tokens} and {@code HFLM.generate_until}).
 */
final class LeftTruncation {

  /**
   * Candidates of a row that see the same context.
   *
   * @param request with these candidates alone
   * @param candidates their places in the row
   * @param dropped tokens cut from the context
   */
  record Part(Request.Score request, List<Integer> candidates, int dropped) {}

  private LeftTruncation() {}

  /** The last {@code maxTokens} of the ids. */
  static int[] prompt(int[] tokens, int maxTokens) {
    return tokens.length <= maxTokens
        ? tokens
        : Arrays.copyOfRange(tokens, tokens.length - maxTokens, tokens.length);
  }

  /**
   * Cuts the context so far that it and a candidate without its last token, which is looked up and
   * not run, have at most {@code maxInputTokens}: {@code (ctx + cont)[-(max_len + 1):][:-1]}.
   * Candidates of different lengths may so see different contexts.
   *
   * @return one part where nothing is cut, or the same for all
   * @throws PromptmillException with {@link ErrorCode#PROMPT_TOO_LONG} if a candidate leaves no
   *     room for any context
   */
  static List<Part> score(Request.Score whole, int maxInputTokens) {
    int context = whole.context().length;
    Map<Integer, List<Integer>> byDropped = new TreeMap<>();
    for (int i = 0; i < whole.continuations().size(); i++) {
      int length = whole.continuations().get(i).length;
      if (length > maxInputTokens) {
        throw new PromptmillException(
            ErrorCode.PROMPT_TOO_LONG,
            "candidate %d has %d tokens, after a context it may have %d"
                .formatted(i, length, maxInputTokens));
      }
      int dropped = Math.max(0, context + length - 1 - maxInputTokens);
      byDropped.computeIfAbsent(dropped, none -> new ArrayList<>()).add(i);
    }
    List<Part> parts = new ArrayList<>();
    byDropped.forEach(
        (dropped, candidates) ->
            parts.add(
                new Part(
                    new Request.Score(
                        Arrays.copyOfRange(whole.context(), dropped, context),
                        candidates.stream().map(whole.continuations()::get).toList(),
                        whole.tokenLogprobs()),
                    candidates,
                    dropped)));
    return parts;
  }

  /** The candidates' results in their own order; tokens of all contexts count. */
  static ScoreResult join(List<Part> parts, List<ScoreResult> results) {
    ContinuationScore[] scores =
        new ContinuationScore[parts.stream().mapToInt(part -> part.candidates().size()).sum()];
    int promptTokens = 0;
    int cachedTokens = 0;
    for (int part = 0; part < parts.size(); part++) {
      ScoreResult result = results.get(part);
      List<Integer> candidates = parts.get(part).candidates();
      for (int i = 0; i < candidates.size(); i++) {
        scores[candidates.get(i)] = result.continuations().get(i);
      }
      promptTokens += result.promptTokens();
      cachedTokens += result.cachedTokens();
    }
    return new ScoreResult(List.of(scores), promptTokens, cachedTokens);
  }
}
