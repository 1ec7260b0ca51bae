package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one item asks: one row for each of its contexts.
 *
 * @param asks in order of first use
 * @param places of each ask's continuations among the item's pairs; empty where there are none
 */
record Asks(List<Ask> asks, List<List<Integer>> places) {

  /**
   * @param seed of draws
   */
  static Asks of(ModelCall call, long seed) {
    if (call instanceof ModelCall.Loglikelihood scored) {
      return of(scored);
    }
    if (call instanceof ModelCall.LoglikelihoodRolling rolling) {
      return new Asks(List.of(new Ask.WholeText(rolling.text())), List.of(List.of()));
    }
    ModelCall.GenerateUntil generate = (ModelCall.GenerateUntil) call;
    GenerationSettings settings =
        GenerationSettings.of(generate.settings(), generate.repeats(), seed);
    return new Asks(List.of(new Ask.Generate(generate.context(), settings)), List.of(List.of()));
  }

  private static Asks of(ModelCall.Loglikelihood call) {
    Map<PromptText, List<Integer>> byContext = new LinkedHashMap<>();
    for (int i = 0; i < call.pairs().size(); i++) {
      byContext.computeIfAbsent(call.pairs().get(i).context(), none -> new ArrayList<>()).add(i);
    }
    List<Ask> asks = new ArrayList<>();
    byContext.forEach(
        (context, pairs) ->
            asks.add(
                new Ask.Score(
                    context,
                    pairs.stream().map(pair -> call.pairs().get(pair).continuation()).toList())));
    return new Asks(asks, List.copyOf(byContext.values()));
  }
}
