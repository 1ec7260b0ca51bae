package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelAnswer.Likelihood;
import io.promptmill.spark.eval.score.SampleValue.Figure;
import io.promptmill.text.python.PythonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Metrics of multiple choice; of equally likely choices the first counts as predicted. */
final class ChoiceMetrics {
  /** No choice is the right one, as where the document names one that is not there. */
  private static final int NO_CHOICE = -100;

  private ChoiceMetrics() {}

  /** Whether the choice with the highest log-likelihood is right. */
  static Metric accuracy(Arguments arguments) {
    return (item, results) -> verdict(item, likeliest(item, results, choice -> 1));
  }

  /** The same, with log-likelihoods over the choice's length in code points. */
  static Metric accuracyByCharacters(Arguments arguments) {
    return (item, results) -> verdict(item, likeliest(item, results, PythonText::length));
  }

  /** The same, with log-likelihoods over the choice's length in bytes of UTF-8. */
  static Metric accuracyByBytes(Arguments arguments) {
    return (item, results) ->
        verdict(
            item,
            likeliest(item, results, choice -> choice.getBytes(StandardCharsets.UTF_8).length));
  }

  /** Whether the right choice is what the model would have said. */
  static Metric greedy(Arguments arguments) {
    return (item, results) -> {
      int gold = gold(item);
      return new SampleValue.Verdict(gold >= 0 && likelihood(results.get(gold)).greedy());
    };
  }

  /** For statistics over labels. */
  static Metric labels(Arguments arguments) {
    return (item, results) ->
        new SampleValue.Labels(gold(item), likeliest(item, results, choice -> 1));
  }

  private static SampleValue verdict(EvaluationItem item, int predicted) {
    return new Figure(predicted == gold(item) ? 1 : 0);
  }

  /** The target is an index, or the text of a choice. */
  private static int gold(EvaluationItem item) {
    String target = item.target();
    int index =
        target.matches("[0-9]{1,9}") ? Integer.parseInt(target) : item.choices().indexOf(target);
    return index >= 0 && index < item.choices().size() ? index : NO_CHOICE;
  }

  /** Index of the choice with the highest log-likelihood over its length. */
  static int likeliest(EvaluationItem item, List<Object> results, ToDoubleFunction<String> length) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < results.size(); i++) {
      double value = likelihood(results.get(i)).sum() / length.applyAsDouble(item.choices().get(i));
      if (Double.isNaN(value)) {
        return i;
      }
      if (value > highest) {
        highest = value;
        best = i;
      }
    }
    return best;
  }

  static Likelihood likelihood(Object result) {
    if (result instanceof Likelihood likelihood) {
      return likelihood;
    }
    throw new IllegalStateException("expected a log-likelihood, found " + PythonText.str(result));
  }
}
