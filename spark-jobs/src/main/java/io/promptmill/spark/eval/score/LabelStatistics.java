package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.score.SampleValue.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scores of predicted labels, as scikit-learn defines them. */
final class LabelStatistics {
  private static final int POSITIVE = 1;

  private LabelStatistics() {}

  /**
   * F1 of label 1; 0 where it is neither gold nor predicted.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there are more than two
   *     labels
   */
  static double f1(List<Labels> pairs) {
    long labels =
        pairs.stream().flatMap(pair -> Stream.of(pair.gold(), pair.predicted())).distinct().count();
    if (labels > 2) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "metric f1: expected two labels, found " + labels);
    }
    long gold = pairs.stream().filter(pair -> pair.gold() == POSITIVE).count();
    long predicted = pairs.stream().filter(pair -> pair.predicted() == POSITIVE).count();
    long both =
        pairs.stream()
            .filter(pair -> pair.gold() == POSITIVE && pair.predicted() == POSITIVE)
            .count();
    return gold + predicted == 0 ? 0 : 2.0 * both / (gold + predicted);
  }

  /** Matthews' correlation of any number of labels; 0 where one side is constant. */
  static double matthews(List<Labels> pairs) {
    Map<Integer, Long> gold = new HashMap<>();
    Map<Integer, Long> predicted = new HashMap<>();
    long right = 0;
    for (Labels pair : pairs) {
      gold.merge(pair.gold(), 1L, Long::sum);
      predicted.merge(pair.predicted(), 1L, Long::sum);
      right += pair.gold() == pair.predicted() ? 1 : 0;
    }
    double n = pairs.size();
    double covariance = right * n;
    double spreadOfGold = n * n;
    double spreadOfPredicted = n * n;
    for (Map.Entry<Integer, Long> label : gold.entrySet()) {
      covariance -= (double) label.getValue() * predicted.getOrDefault(label.getKey(), 0L);
      spreadOfGold -= (double) label.getValue() * label.getValue();
    }
    for (long count : predicted.values()) {
      spreadOfPredicted -= (double) count * count;
    }
    double spread = spreadOfGold * spreadOfPredicted;
    return spread == 0 ? 0 : covariance / Math.sqrt(spread);
  }
}
