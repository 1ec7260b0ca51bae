package io.promptmill.spark.job;

import io.promptmill.spark.report.Quality;
import io.promptmill.udf.InferSpec;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a job computes between reading a table and writing it. */
interface TableWork {

  /**
   * The rows and, after their columns, one of results: a struct with a field {@code error
   * {category, message}} that is null where the row succeeded. One row out for each row in. Nothing
   * runs yet.
   *
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if the rows lack
   *     what the options name
   */
  Dataset<Row> apply(Dataset<Row> rows, InferCalls calls);

  /**
   * What rows are ordered by with {@code --order-by-prefix}; empty for work that has its own order.
   */
  Optional<InferSpec> ordered();

  /** Whether a row is one request, so that progress can be told in rows. */
  boolean oneRequestPerRow();

  /**
   * How good the results are, where the input says what was expected.
   *
   * @param results as {@link #apply} gave them, computed already
   */
  default Optional<Quality> quality(Dataset<Row> results) {
    return Optional.empty();
  }

  /** One inference for each row. */
  record Single(InferSpec spec) implements TableWork {
    @Override
    public Dataset<Row> apply(Dataset<Row> rows, InferCalls calls) {
      return calls.everyRow(rows, spec);
    }

    @Override
    public Optional<InferSpec> ordered() {
      return Optional.of(spec);
    }

    @Override
    public boolean oneRequestPerRow() {
      return true;
    }
  }
}
