package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.score.SampleValue.Labels;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Counts of gold and predicted labels, and scikit-learn's scores over them. */
final class ConfusionMatrix {
  private static final int POSITIVE = 1;

  /** Of rows and of columns. */
  private final List<Integer> labels;

  /** By gold and predicted label. */
  private final long[][] counts;

  private ConfusionMatrix(List<Integer> labels, long[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /** Scores the matrix of a task's {@link Labels}. */
  static Aggregation aggregation(ToDoubleFunction<ConfusionMatrix> score) {
    return values -> {
      List<Labels> pairs = values.stream().map(Labels.class::cast).toList();
      List<Integer> labels =
          pairs.stream()
              .flatMap(pair -> Stream.of(pair.gold(), pair.predicted()))
              .distinct()
              .sorted()
              .toList();
      int[] gold = indices(pairs, labels, Labels::gold);
      int[] predicted = indices(pairs, labels, Labels::predicted);
      return Aggregations.corpus(
          pairs.size(),
          draw -> {
            long[][] counts = new long[labels.size()][labels.size()];
            for (int i : draw) {
              counts[gold[i]][predicted[i]]++;
            }
            return score.applyAsDouble(new ConfusionMatrix(labels, counts));
          });
    };
  }

  private static int[] indices(
      List<Labels> pairs, List<Integer> labels, ToIntFunction<Labels> label) {
    return pairs.stream().mapToInt(pair -> labels.indexOf(label.applyAsInt(pair))).toArray();
  }

  /**
   * F1 of label 1; 0 where it is neither gold nor predicted.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there are more than two
   *     labels
   */
  double f1() {
    if (labels.size() > 2) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "metric f1: expected two labels, found " + labels.size());
    }
    int positive = labels.indexOf(POSITIVE);
    if (positive < 0) {
      return 0;
    }
    long named = gold(positive) + predicted(positive);
    return named == 0 ? 0 : 2.0 * counts[positive][positive] / named;
  }

  /** Matthews' correlation of any number of labels; 0 where one side is constant. */
  double matthews() {
    long all = 0;
    long right = 0;
    double expected = 0;
    double ofGold = 0;
    double ofPredicted = 0;
    for (int i = 0; i < counts.length; i++) {
      double gold = gold(i);
      double predicted = predicted(i);
      all += (long) gold;
      right += counts[i][i];
      expected += gold * predicted;
      ofGold += gold * gold;
      ofPredicted += predicted * predicted;
    }
    double n = all;
    double spread = (n * n - ofGold) * (n * n - ofPredicted);
    return spread == 0 ? 0 : (right * n - expected) / Math.sqrt(spread);
  }

  private long gold(int label) {
    long sum = 0;
    for (long count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  private long predicted(int label) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[label];
    }
    return sum;
  }
}
