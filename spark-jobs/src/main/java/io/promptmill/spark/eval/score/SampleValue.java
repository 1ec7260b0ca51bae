package io.promptmill.spark.eval.score;

import java.util.List;

/** What a metric notes of one sample; an aggregation makes the task's score of all of them. */
public sealed interface SampleValue {

  /** Which aggregations can take the values. */
  enum Kind {
    NUMBER,
    WEIGHTED,
    LABELS,
    TEXTS
  }

  /** As it stands in the sample's line of the log: a number or a list. */
  Object logged();

  /** A figure of the sample alone. */
  record Figure(double value) implements SampleValue {
    @Override
    public Object logged() {
      return value;
    }
  }

  /** Right or wrong, where the log has 1 or 0 without a point. */
  record Verdict(boolean right) implements SampleValue {
    @Override
    public Object logged() {
      return right ? 1L : 0L;
    }
  }

  /**
   * @param loglikelihood of a text, in nats
   * @param weight its words or bytes
   */
  record Weighted(double loglikelihood, long weight) implements SampleValue {
    @Override
    public Object logged() {
      return List.of(loglikelihood, weight);
    }
  }

  /** Indices of the right choice and of the likeliest one. */
  record Labels(int gold, int predicted) implements SampleValue {
    @Override
    public Object logged() {
      return List.of((long) gold, (long) predicted);
    }
  }

  /** A reference text and what was generated. */
  record Texts(String reference, String generated) implements SampleValue {
    @Override
    public Object logged() {
      return List.of(reference, generated);
    }
  }
}
