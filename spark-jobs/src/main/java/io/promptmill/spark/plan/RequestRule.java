package io.promptmill.spark.plan;

/** Which rows the model is asked about. */
public enum RequestRule {
  /** Every row is a request of its own; a null input is that row's error. */
  EVERY_ROW,

  /** A row with a null input is not asked about and has no result; all others are. */
  NOT_NULL,

  /** As {@link #NOT_NULL}, and equal requests of a task are computed once. */
  DISTINCT
}
