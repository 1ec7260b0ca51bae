package io.promptmill.spark.batch;

import static org.apache.spark.sql.functions.col;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.BatchKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Input files, line by line.
 *
 * @param raw file, start of the block in it, and the line's bytes; the lines of a block are
 *     neighbours and in order
 */
public record BatchFiles(Dataset<Row> raw, ParserSettings settings) {

  /**
   * Lists the files.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there are none or one is
   *     larger than allowed
   * @throws IOException if the file system fails
   */
  public static BatchFiles open(SparkSession spark, PromptmillConf conf, Configuration hadoop)
      throws IOException {
    Location location =
        Location.of(PromptmillKeys.INPUT.option(), conf.get(PromptmillKeys.INPUT), hadoop);
    FileSystem fs = location.fileSystem();
    FileStatus[] found = fs.globStatus(location.path());
    if (found == null || found.length == 0) {
      throw invalid("--input: no file or folder '%s'".formatted(location.path()));
    }
    Dataset<Row> text = spark.read().text(location.path().toString());
    long maxBytes = conf.get(BatchKeys.MAX_BYTES);
    if (maxBytes > 0) {
      requireBytes(fs, found, filesOf(text), maxBytes);
    }
    return new BatchFiles(
        text.select(
            col("_metadata.file_path"),
            col("_metadata.file_block_start"),
            col("value").cast("binary")),
        ParserSettings.of(conf));
  }

  /** Those that Spark reads: in a folder, not all are. */
  private static Set<Path> filesOf(Dataset<Row> text) {
    return Stream.of(text.inputFiles())
        .map(file -> new Path(URI.create(file)))
        .collect(Collectors.toSet());
  }

  private static void requireBytes(FileSystem fs, FileStatus[] found, Set<Path> read, long most)
      throws IOException {
    for (FileStatus each : found) {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(each.getPath(), true);
      while (files.hasNext()) {
        FileStatus file = files.next();
        if (file.getLen() > most && read.contains(file.getPath())) {
          throw invalid(
              "--max-bytes: expected files of at most %d bytes, found %d in '%s'"
                  .formatted(most, file.getLen(), file.getPath()));
        }
      }
    }
  }

  /**
   * Reads everything once.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a file has more requests
   *     than allowed
   */
  public BatchSurvey survey(PromptmillConf conf) {
    LineParser parser = new LineParser(settings);
    MapPartitionsFunction<Row, Row> count = in -> BatchSurvey.blocks(in, parser);
    BatchSurvey survey =
        BatchSurvey.of(raw.mapPartitions(count, Encoders.row(BatchSurvey.BLOCK)).collectAsList());
    int most = conf.get(BatchKeys.MAX_REQUESTS);
    survey
        .blocks()
        .requests()
        .forEach(
            (file, requests) -> {
              if (most > 0 && requests > most) {
                throw invalid(
                    "--max-requests: expected files of at most %d requests, found %d in '%s'"
                        .formatted(most, requests, file));
              }
            });
    return survey;
  }

  /**
   * The lines that are not blank, as {@link LineRows} has them; all lines of a custom_id that
   * stands more than once are refused, as nobody could tell their answers apart.
   *
   * @param limit lines to take at most, from the first of the first file; ids count in all of them
   */
  public Dataset<Row> requests(BatchSurvey survey, PromptmillConf conf, OptionalInt limit) {
    RepeatedIds repeated = RepeatedIds.find(ids(survey.blocks()));
    FileBlocks blocks = survey.blocks();
    Dataset<Row> lines =
        repeated.refuse(parsed(limit.isPresent() ? blocks.first(limit.getAsInt()) : blocks));
    int parallelism = ((SparkSession) raw.sparkSession()).sparkContext().defaultParallelism();
    Optional<Integer> partitions = conf.find(PromptmillKeys.PARTITIONS);
    if (partitions.isEmpty()
        && limit.isEmpty()
        && repeated.keepsOrder()
        && raw.rdd().getNumPartitions() >= parallelism) {
      return lines;
    }
    // few large blocks would leave most of a cluster idle
    return lines
        .repartitionByRange(
            partitions.orElse(parallelism), col(LineRows.FILE), col(LineRows.NUMBER))
        .sortWithinPartitions(LineRows.FILE, LineRows.NUMBER);
  }

  private Dataset<Row> ids(FileBlocks blocks) {
    LineParser parser = new LineParser(settings);
    MapPartitionsFunction<Row, Row> id =
        in ->
            new NumberedLines(in, blocks)
                .map(
                    line ->
                        RowFactory.create(
                            line.file(), line.number(), parser.customId(line.bytes())));
    return raw.mapPartitions(id, Encoders.row(RepeatedIds.PLACED_ID));
  }

  private Dataset<Row> parsed(FileBlocks blocks) {
    LineParser parser = new LineParser(settings);
    MapPartitionsFunction<Row, Row> parse =
        in ->
            new NumberedLines(in, blocks)
                .map(line -> LineRows.of(parser.parse(line.file(), line.number(), line.bytes())));
    return raw.mapPartitions(parse, Encoders.row(LineRows.SCHEMA));
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
