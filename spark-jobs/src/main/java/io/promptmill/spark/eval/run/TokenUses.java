package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.ItemOutcome.TokenUse;
import java.util.List;
import java.util.stream.IntStream;

/** What an answer cost. */
final class TokenUses {
  private TokenUses() {}

  static TokenUse of(Ask ask, Answer answer) {
    if (answer instanceof Answer.Scores scores) {
      return ask instanceof Ask.WholeText ? wholeText(scores) : candidates(scores);
    }
    if (answer instanceof Answer.Texts texts) {
      return new TokenUse(
          texts.promptTokens(),
          texts.cachedTokens(),
          (long) texts.promptTokens() * texts.texts().size(),
          texts.truncatedTokens(),
          texts.completionTokens());
    }
    return TokenUse.NONE;
  }

  /** What the same answer costs another item that asks the same: nothing is computed anew. */
  static TokenUse again(TokenUse first) {
    return new TokenUse(
        first.prompt(), first.prompt(), first.asked(), first.truncated(), first.completion());
  }

  /** All of its tokens go through the model, the last one excepted. */
  private static TokenUse wholeText(Answer.Scores scores) {
    long tokens = scores.promptTokens() + scores.tokenCounts().get(0) - 1L;
    return new TokenUse(tokens, scores.cachedTokens(), tokens, 0, 0);
  }

  /**
   * Truncation leaves a longer candidate less context: of the context's tokens it drops as many
   * more as it is longer than another. So the context's length before truncation follows from the
   * sum over the distinct contexts, and what each candidate was asked for from that.
   */
  private static TokenUse candidates(Answer.Scores scores) {
    List<Integer> counts = scores.tokenCounts();
    int longest = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    int[] dropped =
        counts.stream()
            .mapToInt(count -> Math.max(0, scores.truncatedTokens() - (longest - count)))
            .toArray();
    int[] contexts = IntStream.of(dropped).distinct().toArray();
    long context = ((long) scores.promptTokens() + IntStream.of(contexts).sum()) / contexts.length;
    long asked = 0;
    for (int tokens : dropped) {
      asked += context - tokens;
    }
    return new TokenUse(
        scores.promptTokens(), scores.cachedTokens(), asked, scores.truncatedTokens(), 0);
  }
}
