package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows to work on. No row is dropped: a line of JSON that does not parse becomes a row with
 * nulls and the line itself in {@code _corrupt_record}.
 *
 * @param rows as read, limited and repartitioned as asked
 * @param unspread the same before they are repartitioned
 * @param files the path it comes from, empty for a table or query
 */
public record InputTable(Dataset<Row> rows, Dataset<Row> unspread, Optional<Path> files) {

  /**
   * Reads schema and file list.
   *
   * @param limit rows to take at most
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is no such file,
   *     table or format, or not exactly one input
   * @throws IOException if the file system fails
   */
  public static InputTable open(SparkSession spark, PromptmillConf conf, OptionalInt limit)
      throws IOException {
    InputTable table = read(spark, conf);
    Dataset<Row> rows = table.rows;
    if (limit.isPresent()) {
      rows = rows.limit(limit.getAsInt());
    }
    Dataset<Row> unspread = rows;
    Optional<Integer> partitions = conf.find(PromptmillKeys.PARTITIONS);
    if (partitions.isPresent()) {
      rows = rows.repartition(partitions.get());
    } else if (limit.isPresent() && conf.find(PromptmillKeys.OUTPUT).isPresent()) {
      // a limit gathers its rows in one partition, and one executor would do all the work
      rows = rows.repartition(spark.sparkContext().defaultParallelism());
    }
    return new InputTable(rows, unspread, table.files);
  }

  private static InputTable of(Dataset<Row> rows, Optional<Path> files) {
    return new InputTable(rows, rows, files);
  }

  private static InputTable read(SparkSession spark, PromptmillConf conf) throws IOException {
    Optional<String> input = conf.find(PromptmillKeys.INPUT);
    Optional<String> query = conf.find(PromptmillKeys.QUERY);
    if (input.isPresent() == query.isPresent()) {
      throw invalid(
          "expected one of --input and --query, found %s"
              .formatted(input.isPresent() ? "both" : "neither"));
    }
    if (query.isPresent()) {
      return of(spark.sql(query.get()), Optional.empty());
    }
    Optional<String> format = conf.find(PromptmillKeys.INPUT_FORMAT);
    if (format.equals(Optional.of("table"))) {
      if (!spark.catalog().tableExists(input.get())) {
        throw invalid("--input: no table '%s'".formatted(input.get()));
      }
      return of(spark.table(input.get()), Optional.empty());
    }
    Location location =
        Location.of(
            PromptmillKeys.INPUT.option(), input.get(), spark.sessionState().newHadoopConf());
    Path path = location.path();
    FileSystem fs = location.fileSystem();
    FileStatus[] found = fs.globStatus(path);
    if (found == null || found.length == 0) {
      throw invalid("--input: no file or folder '%s'".formatted(path));
    }
    TableFormat tableFormat =
        format.isPresent() ? TableFormat.named(format.get()) : guess(fs, found[0]);
    Map<String, String> options = new HashMap<>(tableFormat.defaults());
    options.putAll(conf.find(PromptmillKeys.INPUT_OPTION).orElse(Map.of()));
    Dataset<Row> rows =
        spark.read().format(tableFormat.sparkName()).options(options).load(path.toString());
    return of(rows, Optional.of(fs.makeQualified(path)));
  }

  /** By the extension of the file, or of the first file in the folder that has a known one. */
  private static TableFormat guess(FileSystem fs, FileStatus input) throws IOException {
    Deque<FileStatus> open = new ArrayDeque<>();
    open.add(input);
    while (!open.isEmpty()) {
      FileStatus next = open.remove();
      String name = next.getPath().getName();
      if (next.isDirectory()) {
        for (FileStatus inside : fs.listStatus(next.getPath())) {
          String insideName = inside.getPath().getName();
          if (!insideName.startsWith("_") && !insideName.startsWith(".")) {
            open.add(inside);
          }
        }
      } else if (TableFormat.ofFile(name).isPresent()) {
        return TableFormat.ofFile(name).get();
      }
    }
    throw invalid(
        "--input-format is needed: no file of '%s' ends in one of %s"
            .formatted(input.getPath(), TableFormat.allExtensions()));
  }

  /** How many rows there are, where counting them is cheap next to the work: for files. */
  public OptionalLong count() {
    return files.isPresent() ? OptionalLong.of(unspread.count()) : OptionalLong.empty();
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
