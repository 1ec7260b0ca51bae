package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.score.SampleValue.Figure;
import io.promptmill.spark.eval.score.SampleValue.Verdict;
import io.promptmill.spark.eval.score.SampleValue.Weighted;
import io.promptmill.text.python.PythonRegex;
import io.promptmill.text.python.PythonText;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;

/** Metrics of a text's log-likelihood, and of generated text over the whole task. */
final class TextMetrics {
  private static final PythonRegex WHITE_SPACE = PythonRegex.compile("\\s+");

  private TextMetrics() {}

  /** Log-likelihood of the target. */
  static Metric loglikelihood(Arguments arguments) {
    return (item, results) -> new Figure(ChoiceMetrics.likelihood(results.get(0)).sum());
  }

  /** Whether the target is what the model would have said. */
  static Metric greedy(Arguments arguments) {
    return (item, results) -> new Verdict(ChoiceMetrics.likelihood(results.get(0)).greedy());
  }

  static Metric perWord(Arguments arguments) {
    return weighted(WHITE_SPACE::pieces);
  }

  static Metric perByte(Arguments arguments) {
    return weighted(text -> text.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Target and answer, for metrics over the whole task. */
  static Metric texts(Arguments arguments) {
    return (item, results) -> new SampleValue.Texts(item.target(), PythonText.str(results.get(0)));
  }

  private static Metric weighted(ToLongFunction<String> weight) {
    return (item, results) -> {
      String text = ((ModelCall.LoglikelihoodRolling) item.call()).text();
      return new Weighted((Double) results.get(0), weight.applyAsLong(text));
    };
  }
}
