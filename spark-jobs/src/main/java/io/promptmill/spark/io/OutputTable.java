package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A folder to write to. Spark's committer makes the files appear together when the job is done; a
 * folder that a failed job left empty counts as absent.
 */
public final class OutputTable {
  /** Spark's readers pass over names that begin with an underscore. */
  private static final String REPORT = "_promptmill/report.json";

  private final Location folder;
  private final String format;
  private final SaveMode mode;

  private OutputTable(Location folder, String format, SaveMode mode) {
    this.folder = folder;
    this.format = format;
    this.mode = mode;
  }

  /**
   * The output that the options name, if they do; writes nothing.
   *
   * @param input rows whose files must not be overwritten
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it exists or holds the
   *     input
   * @throws IOException if the file system fails
   */
  public static Optional<OutputTable> open(
      PromptmillConf conf, Dataset<Row> input, Configuration hadoop) throws IOException {
    Optional<String> output = conf.find(PromptmillKeys.OUTPUT);
    if (output.isEmpty()) {
      return Optional.empty();
    }
    Location location = Location.of(PromptmillKeys.OUTPUT.option(), output.get(), hadoop);
    Path path = location.path();
    FileSystem fs = location.fileSystem();
    boolean overwrite = conf.get(PromptmillKeys.OVERWRITE);
    boolean exists = fs.exists(path);
    if (overwrite && exists) {
      requireOutside(path, input.inputFiles());
    }
    if (exists && !overwrite && !isEmptyFolder(fs, path)) {
      throw invalid(
          "--output: expected a folder that does not exist, found '%s'; --overwrite replaces it"
              .formatted(path));
    }
    return Optional.of(
        new OutputTable(
            location,
            conf.get(PromptmillKeys.OUTPUT_FORMAT),
            exists ? SaveMode.Overwrite : SaveMode.ErrorIfExists));
  }

  /** Of tables, queries and globs too only the files themselves tell. */
  private static void requireOutside(Path folder, String[] inputFiles) {
    for (String file : inputFiles) {
      Path inputFile = new Path(URI.create(file));
      if (contains(folder, inputFile)) {
        throw invalid("--overwrite would delete the input '%s'".formatted(inputFile));
      }
    }
  }

  private static boolean contains(Path folder, Path path) {
    for (Path up = path; up != null; up = up.getParent()) {
      if (up.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmptyFolder(FileSystem fs, Path path) throws IOException {
    FileStatus status = fs.getFileStatus(path);
    return status.isDirectory() && fs.listStatus(path).length == 0;
  }

  public Path path() {
    return folder.path();
  }

  /** Runs the plan and commits its rows. */
  public void write(Dataset<Row> rows) {
    var writer = rows.write().mode(mode);
    if (format.equals("jsonl")) {
      writer.option("ignoreNullFields", "false").json(path().toString());
    } else {
      writer.parquet(path().toString());
    }
  }

  /**
   * The rows that were written.
   *
   * @param schema of those rows
   */
  public Dataset<Row> read(SparkSession spark, StructType schema) {
    var reader = spark.read().schema(schema);
    return format.equals("jsonl")
        ? reader.json(path().toString())
        : reader.parquet(path().toString());
  }

  /**
   * Puts a report beside the data.
   *
   * @return where it is
   */
  public Path writeReport(String json) throws IOException {
    Location report = folder.child(REPORT);
    report.write(json);
    return report.path();
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
