package io.promptmill.spark.eval.score;

import java.util.List;
import java.util.stream.IntStream;

/** Makes one score of a metric's values over a task. */
@FunctionalInterface
interface Aggregation {

  /**
   * Does once what all draws from the values share.
   *
   * @param values at least one, all of the kind that the aggregation takes
   */
  Corpus over(List<SampleValue> values);

  /** Values that can be scored as often as bootstrap wants. */
  interface Corpus {

    int size();

    /**
     * @param draw indices of values, any of them any number of times; the order counts for rounding
     */
    double score(int[] draw);

    /** Score of each value once, in order. */
    default double score() {
      return score(IntStream.range(0, size()).toArray());
    }
  }

  /** How the standard error of an aggregation is estimated. */
  enum StandardError {
    /** Sample standard deviation over √n. */
    OF_MEAN,
    /** Standard deviation of the scores of draws with replacement. */
    BOOTSTRAP,
    NONE
  }
}
