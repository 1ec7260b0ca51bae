package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.io.Columns;
import io.promptmill.spark.plan.RowCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the rows of a result while it is written: what was asked of the model may be more or fewer
 * requests than rows.
 *
 * @param rows the result, counted when it is computed
 */
record WrittenRows(Dataset<Row> rows, Observation observed) {
  private static final String ALL = "rows";

  /**
   * @param result the last column is a struct with a field {@code error}
   */
  static WrittenRows observing(Dataset<Row> result) {
    Observation observation = new Observation("promptmill rows");
    Column category = resultColumn(result).getField("error").getField("category");
    List<Column> counts = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      counts.add(functions.count_if(category.equalTo(code.name())).as(code.name()));
    }
    Dataset<Row> counted =
        result.observe(
            observation, functions.count(functions.lit(1)).as(ALL), counts.toArray(Column[]::new));
    return new WrittenRows(counted, observation);
  }

  private static Column resultColumn(Dataset<Row> result) {
    return Columns.col(result.columns()[result.columns().length - 1]);
  }

  /**
   * Tokens and times as they were counted at the model, rows as they were written; once the rows
   * are.
   */
  RowCounts counts(RowCounts requests) {
    Map<String, Object> found = observedCounts();
    Map<String, Long> errors = new LinkedHashMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      long count = (Long) found.get(code.name());
      if (count > 0) {
        errors.put(code.name(), count);
      }
    }
    return requests.withRows((Long) found.get(ALL), errors);
  }

  private Map<String, Object> observedCounts() {
    try {
      return CollectionConverters.asJava(observed.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED, "interrupted while it waited for the number of rows", e);
    }
  }
}
