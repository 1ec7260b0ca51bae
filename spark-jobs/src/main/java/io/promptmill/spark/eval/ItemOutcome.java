package io.promptmill.spark.eval;

/**
 * An item with its answer.
 *
 * @param tokens what it cost
 */
public record ItemOutcome(EvaluationItem item, ModelAnswer answer, TokenUse tokens) {

  /**
   * Tokens of one item, summed over its requests.
   *
   * @param prompt tokens of the contexts after truncation, all candidates of a context count once;
   *     of a text that is scored as a whole, all that go through the model
   * @param cached those of them whose latents were already there
   * @param asked tokens of contexts that a run without sharing feeds to the model, one pass for
   *     each candidate and each sample
   * @param truncated tokens cut from the left of contexts
   * @param completion tokens generated
   */
  public record TokenUse(long prompt, long cached, long asked, long truncated, long completion) {
    public static final TokenUse NONE = new TokenUse(0, 0, 0, 0, 0);

    public TokenUse plus(TokenUse other) {
      return new TokenUse(
          prompt + other.prompt,
          cached + other.cached,
          asked + other.asked,
          truncated + other.truncated,
          completion + other.completion);
    }
  }
}
