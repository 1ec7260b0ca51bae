package io.promptmill.spark.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one item asks of the model; lm-evaluation-harness's kinds of requests. */
public sealed interface ModelCall {

  /**
   * Log-likelihood of each continuation, for {@code multiple_choice} and {@code loglikelihood}.
   *
   * @param pairs one for each candidate, in order; usually all of one context
   */
  record Loglikelihood(List<Pair> pairs) implements ModelCall {
    public Loglikelihood {
      pairs = List.copyOf(pairs);
    }
  }

  /** A context and its continuation, which brings its own white space. */
  record Pair(PromptText context, String continuation) {}

  /** Log-likelihood of a whole text in rolling windows. */
  record LoglikelihoodRolling(String text) implements ModelCall {}

  /**
   * A continuation of the context.
   *
   * @param settings {@code generation_kwargs} with lm-evaluation-harness's names, as they stand in
   *     results: until, do_sample, temperature, max_gen_toks, top_p, …; their order is kept
   * @param repeats samples wanted, at least 1
   */
  record GenerateUntil(PromptText context, Map<String, Object> settings, int repeats)
      implements ModelCall {
    public GenerateUntil {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }
}
