package io.promptmill.spark.plan;

import org.apache.spark.util.AccumulatorV2;

/** Sums the {@link RowCounts} of tasks; Spark counts a task that ran twice once. */
public final class RowCountsAccumulator extends AccumulatorV2<RowCounts, RowCounts> {
  private static final long serialVersionUID = 1L;

  private RowCounts sum = RowCounts.NONE;

  @Override
  public boolean isZero() {
    return sum.equals(RowCounts.NONE);
  }

  @Override
  public RowCountsAccumulator copy() {
    RowCountsAccumulator copy = new RowCountsAccumulator();
    copy.sum = value();
    return copy;
  }

  @Override
  public synchronized void reset() {
    sum = RowCounts.NONE;
  }

  @Override
  public synchronized void add(RowCounts counts) {
    sum = sum.plus(counts);
  }

  @Override
  public void merge(AccumulatorV2<RowCounts, RowCounts> other) {
    add(other.value());
  }

  @Override
  public synchronized RowCounts value() {
    return sum;
  }
}
