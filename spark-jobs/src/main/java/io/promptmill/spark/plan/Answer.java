package io.promptmill.spark.plan;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** The result of a request, shared by all rows that ask the same. Used by one task's thread. */
final class Answer {
  /** Of rows that ask nothing. */
  static final Answer NONE = new Answer();

  private UnsafeRow value;

  void complete(UnsafeRow result) {
    value = result;
  }

  /** The result struct; null before it is computed, and for {@link #NONE}. */
  UnsafeRow value() {
    return value;
  }
}
