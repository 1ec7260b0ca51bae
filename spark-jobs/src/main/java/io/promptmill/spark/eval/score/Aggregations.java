package io.promptmill.spark.eval.score;

import static java.util.Map.entry;

import io.promptmill.spark.eval.score.Aggregation.Corpus;
import io.promptmill.spark.eval.score.Aggregation.StandardError;
import io.promptmill.spark.eval.score.SampleValue.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The aggregations that a metric can name. */
final class Aggregations {

  /** Draws at most where one draw costs much, as lm-evaluation-harness limits them. */
  private static final int FEW_DRAWS = 100;

  static final Map<String, Form> BY_NAME =
      Map.ofEntries(
          entry("mean", numbers(StandardError.OF_MEAN, Aggregations::mean)),
          entry("median", numbers(StandardError.BOOTSTRAP, Aggregations::median)),
          entry(
              "perplexity",
              numbers(StandardError.BOOTSTRAP, figures -> StrictMath.exp(-mean(figures)))),
          entry("weighted_perplexity", weighted(mean -> StrictMath.exp(-mean))),
          entry("bits_per_byte", weighted(mean -> -mean / StrictMath.log(2))),
          entry("f1", labels(ConfusionMatrix::f1)),
          entry("matthews_corrcoef", labels(ConfusionMatrix::matthews)),
          entry("bleu", texts(Bleu::new)),
          entry("chrf", texts(arguments -> new ChrF(arguments, 0))),
          entry("chrf++", texts(arguments -> new ChrF(arguments, 2))));

  private Aggregations() {}

  /**
   * @param kind of values it takes
   * @param maxDraws limit of bootstrap
   * @param constructor from the arguments of the metric
   */
  record Form(
      Kind kind,
      StandardError standardError,
      int maxDraws,
      Function<Arguments, Aggregation> constructor) {}

  private static Form numbers(StandardError standardError, ToDoubleFunction<double[]> score) {
    Aggregation aggregation =
        values -> {
          double[] figures = values.stream().mapToDouble(Aggregations::figure).toArray();
          return corpus(
              figures.length,
              draw ->
                  score.applyAsDouble(Arrays.stream(draw).mapToDouble(i -> figures[i]).toArray()));
        };
    return new Form(Kind.NUMBER, standardError, Integer.MAX_VALUE, arguments -> aggregation);
  }

  private static double figure(SampleValue value) {
    if (value instanceof SampleValue.Verdict verdict) {
      return verdict.right() ? 1 : 0;
    }
    return ((SampleValue.Figure) value).value();
  }

  private static Form weighted(DoubleUnaryOperator ofMean) {
    Aggregation aggregation =
        values ->
            corpus(
                values.size(),
                draw -> {
                  double sum = 0;
                  long weights = 0;
                  for (int i : draw) {
                    SampleValue.Weighted value = (SampleValue.Weighted) values.get(i);
                    sum += value.loglikelihood();
                    weights += value.weight();
                  }
                  return ofMean.applyAsDouble(sum / weights);
                });
    return new Form(Kind.WEIGHTED, StandardError.NONE, 0, arguments -> aggregation);
  }

  private static Form labels(ToDoubleFunction<ConfusionMatrix> score) {
    Aggregation aggregation = ConfusionMatrix.aggregation(score);
    return new Form(
        Kind.LABELS, StandardError.BOOTSTRAP, Integer.MAX_VALUE, arguments -> aggregation);
  }

  private static Form texts(Function<Arguments, Aggregation> constructor) {
    return new Form(Kind.TEXTS, StandardError.BOOTSTRAP, FEW_DRAWS, constructor);
  }

  static Corpus corpus(int size, ToDoubleFunction<int[]> score) {
    return new Corpus() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public double score(int[] draw) {
        return score.applyAsDouble(draw);
      }
    };
  }

  /** Added from left to right, as Python does. */
  static double mean(double[] figures) {
    double sum = 0;
    for (double figure : figures) {
      sum += figure;
    }
    return sum / figures.length;
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
