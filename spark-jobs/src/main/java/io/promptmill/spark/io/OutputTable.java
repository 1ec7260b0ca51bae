package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as Parquet or JSONL. Spark's committer makes the files appear together when the job is done.
 *
 * @param format as options name it
 */
public record OutputTable(OutputFolder folder, String format) implements RowSink {

  /**
   * The output that the options name, if they do; writes nothing.
   *
   * @param input rows whose files must not be overwritten
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it exists or holds the
   *     input
   * @throws IOException if the file system fails
   */
  public static Optional<RowSink> open(
      PromptmillConf conf, Dataset<Row> input, Configuration hadoop) throws IOException {
    return OutputFolder.open(conf, input::inputFiles, hadoop)
        .map(folder -> new OutputTable(folder, conf.get(PromptmillKeys.OUTPUT_FORMAT)));
  }

  @Override
  public void write(Dataset<Row> rows) {
    var writer = rows.write().mode(folder.exists() ? SaveMode.Overwrite : SaveMode.ErrorIfExists);
    if (format.equals("jsonl")) {
      writer.option("ignoreNullFields", "false").json(folder.path().toString());
    } else {
      writer.parquet(folder.path().toString());
    }
  }

  @Override
  public Optional<Dataset<Row>> read(SparkSession spark, StructType schema) {
    var reader = spark.read().schema(schema);
    return Optional.of(
        format.equals("jsonl")
            ? reader.json(folder.path().toString())
            : reader.parquet(folder.path().toString()));
  }
}
