package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.EvaluationItem;
import java.util.List;

/** Judges one sample. */
@FunctionalInterface
interface Metric {

  /**
   * @param results filtered answers, one for each request of the item
   */
  SampleValue of(EvaluationItem item, List<Object> results);
}
