package io.promptmill.spark.io;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** How a job's results become files of a folder. */
public interface RowSink {

  /** Where the files and the report go. */
  OutputFolder folder();

  /** Runs the plan and commits its rows, each once, however often tasks are tried. */
  void write(Dataset<Row> rows) throws IOException;

  /**
   * The rows that were written; empty where files do not hold all of their columns.
   *
   * @param schema of those rows
   */
  Optional<Dataset<Row>> read(SparkSession spark, StructType schema);
}
