package io.promptmill.spark.batch;

import static org.apache.spark.sql.functions.col;

import io.promptmill.spark.conf.BatchKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.OutputFolder;
import io.promptmill.spark.io.RowSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;

/**
 * Output and error lines in files of their own.
 *
 * @param singleFiles whether a file of each kind comes in place of a folder with many
 */
public record BatchOutput(OutputFolder folder, boolean singleFiles, Configuration hadoop)
    implements RowSink {
  private static final String MARKS = FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER;

  /** The output that the options name, if they do; writes nothing. */
  public static Optional<RowSink> open(PromptmillConf conf, BatchFiles input, Configuration hadoop)
      throws IOException {
    return OutputFolder.open(conf, input.raw()::inputFiles, hadoop)
        .map(folder -> new BatchOutput(folder, conf.get(BatchKeys.SINGLE_FILES), hadoop));
  }

  @Override
  public void write(Dataset<Row> rows) throws IOException {
    Path path = folder.path();
    FileSystem fs = folder.location().fileSystem();
    if (folder.exists()) {
      fs.delete(path, true);
    }
    Dataset<Row> lines =
        rows.select(
            col(ResultLines.RESULT).getField(ResultLines.KIND),
            col(ResultLines.RESULT).getField(ResultLines.LINE));
    // The marker says that all is there, which is later than the commit.
    Configuration unmarked = new Configuration(hadoop);
    unmarked.setBoolean(MARKS, false);
    QueryExecution query = ((org.apache.spark.sql.classic.Dataset<Row>) lines).queryExecution();
    // As a query, so that it has its metrics in Spark's UI and counts what it observes.
    SQLExecution.withNewExecutionId(
        query,
        Option.apply("run-batch"),
        () -> {
          pairs(query)
              .saveAsNewAPIHadoopFile(
                  path.toString(), Text.class, Text.class, LineOutputFormat.class, unmarked);
          return null;
        });
    for (String kind : new String[] {ResultLines.OUTPUT, ResultLines.ERRORS}) {
      Location parts = folder.location().child(kind);
      fs.mkdirs(parts.path());
      if (singleFiles) {
        concatenate(parts, folder.location().child(kind + ".jsonl"));
        fs.delete(parts.path(), true);
      }
    }
    if (hadoop.getBoolean(MARKS, true)) {
      folder.location().child(FileOutputCommitter.SUCCEEDED_FILE_NAME).write("");
    }
  }

  private static JavaPairRDD<Text, Text> pairs(QueryExecution query) {
    return query
        .toRdd()
        .toJavaRDD()
        .mapToPair((InternalRow row) -> new Tuple2<>(text(row, 0), text(row, 1)));
  }

  private static Text text(InternalRow row, int column) {
    return new Text(row.getUTF8String(column).getBytes());
  }

  /** The parts in the order of their names; the file appears when it is whole. */
  private void concatenate(Location parts, Location file) throws IOException {
    FileSystem fs = Location.withoutChecksumFiles(file.fileSystem());
    Path unfinished = folder.location().child("_" + file.path().getName()).path();
    FileStatus[] found = fs.listStatus(parts.path(), name -> name.getName().startsWith("part-"));
    Arrays.sort(found);
    try (OutputStream out = fs.create(unfinished, true)) {
      for (FileStatus part : found) {
        try (InputStream in = fs.open(part.getPath())) {
          in.transferTo(out);
        }
      }
    }
    if (!fs.rename(unfinished, file.path())) {
      throw new IOException("cannot rename " + unfinished + " to " + file.path());
    }
  }

  /** Files hold the lines alone. */
  @Override
  public Optional<Dataset<Row>> read(SparkSession spark, StructType schema) {
    return Optional.empty();
  }
}
