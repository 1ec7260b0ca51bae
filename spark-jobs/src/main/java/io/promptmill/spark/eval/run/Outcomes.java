package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ItemOutcome.TokenUse;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelAnswer.Likelihood;
import io.promptmill.spark.eval.ModelCall;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts answers back to the items that asked. */
final class Outcomes {
  private final Map<String, Answer> answers;
  private final Set<String> used = new HashSet<>();

  /**
   * @param answers by key
   */
  Outcomes(Map<String, Answer> answers) {
    this.answers = answers;
  }

  /**
   * @param keys of the item's asks, in order
   * @throws IllegalStateException if an answer is missing
   */
  ItemOutcome of(EvaluationItem item, Asks asks, List<String> keys) {
    TokenUse tokens = TokenUse.NONE;
    for (int i = 0; i < keys.size(); i++) {
      Answer answer = answer(keys.get(i));
      TokenUse use = TokenUses.of(asks.asks().get(i), answer);
      tokens = tokens.plus(used.add(keys.get(i)) ? use : TokenUses.again(use));
    }
    return new ItemOutcome(item, answer(item, asks, keys), tokens);
  }

  private Answer answer(String key) {
    Answer answer = answers.get(key);
    if (answer == null) {
      throw new IllegalStateException("no answer came back for " + key);
    }
    return answer;
  }

  private ModelAnswer answer(EvaluationItem item, Asks asks, List<String> keys) {
    for (String key : keys) {
      if (answer(key) instanceof Answer.Failed failed) {
        return new ModelAnswer.Failed(failed.category(), failed.message());
      }
    }
    if (answer(keys.get(0)) instanceof Answer.Texts texts) {
      return new ModelAnswer.Texts(texts.texts());
    }
    if (!(item.call() instanceof ModelCall.Loglikelihood call)) {
      return new ModelAnswer.Rolling(((Answer.Scores) answer(keys.get(0))).loglikelihoods().get(0));
    }
    Likelihood[] likelihoods = new Likelihood[call.pairs().size()];
    for (int i = 0; i < keys.size(); i++) {
      Answer.Scores scores = (Answer.Scores) answer(keys.get(i));
      List<Integer> places = asks.places().get(i);
      for (int j = 0; j < places.size(); j++) {
        likelihoods[places.get(j)] =
            new Likelihood(scores.loglikelihoods().get(j), scores.greedy().get(j));
      }
    }
    return new ModelAnswer.Loglikelihoods(Arrays.asList(likelihoods));
  }
}
