package io.promptmill.spark.plan;

import io.promptmill.spark.io.Columns;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings rows together whose prompts begin alike, so that one executor computes the common
 * beginning once: a range partitioning by the prompt, each partition sorted. Both are Spark's own
 * operators below the inference node; they change the order of the rows and nothing else.
 */
public final class OrderByPrefix {
  /** Rows of a partition at most: as many as a task has in flight, few enough to repeat. */
  private static final int PARTITION_ROWS = 512;

  private OrderByPrefix() {}

  /**
   * Partitions for so many rows: work for every core, and borders, where common beginnings are cut,
   * as few as may be.
   */
  public static int partitions(long rows, int parallelism) {
    long wanted = Math.max(parallelism, (rows - 1) / PARTITION_ROWS + 1);
    return (int) Math.min(Integer.MAX_VALUE, wanted);
  }

  /**
   * Rows by the columns that the prompt is made of, in the order in which it is.
   *
   * @param partitions as many, about equal in rows; Spark's adaptive execution leaves them so
   */
  public static Dataset<Row> apply(Dataset<Row> input, InferSpec spec, int partitions) {
    Column[] prompt =
        InferSpecs.promptColumns(spec.prompt()).stream().map(Columns::col).toArray(Column[]::new);
    if (prompt.length == 0) {
      return input; // the same prompt for all rows
    }
    return input.repartitionByRange(partitions, prompt).sortWithinPartitions(prompt);
  }
}
