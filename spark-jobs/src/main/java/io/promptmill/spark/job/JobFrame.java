package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.RowSink;
import io.promptmill.spark.plan.RowCounts;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.spark.report.JobReport;
import io.promptmill.spark.report.ProgressBoard;
import io.promptmill.spark.report.ProgressListener;
import io.promptmill.spark.report.Quality;
import io.promptmill.udf.ModelSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What jobs share that give one result for each row: run, write or print, count, report.
 *
 * @param name the subcommand
 * @param printer rows of results for the terminal, where there is no output
 */
record JobFrame(String name, BiFunction<StructType, List<Row>, String> printer) {

  /**
   * @param total rows there are, if that is known
   * @param output where results go; they are printed without
   */
  void run(
      JobContext context,
      Dataset<Row> rows,
      OptionalLong total,
      TableWork work,
      Optional<RowSink> output)
      throws IOException {
    PromptmillConf conf = context.conf();
    SparkSession spark = context.session().get();
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "promptmill " + name);
    Dataset<Row> result = work.apply(rows, new InferCalls(conf, context.opener(), counts));
    WrittenRows written = WrittenRows.observing(result);

    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    Optional<List<Row>> printed;
    try (ProgressListener progress =
        new ProgressListener(
            ProgressBoard.get(),
            context.err(),
            System.getenv("PROMPTMILL_TTY") != null,
            work.oneRequestPerRow() ? total : OptionalLong.empty(),
            Duration.ofSeconds(conf.get(PromptmillKeys.PROGRESS_SECONDS)))) {
      printed = write(written.rows(), output);
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
    RowCounts counted = written.counts(counts.value());
    Function<Map<String, Object>, JobReport> reports =
        quality ->
            JobReport.of(
                name, started, wall, total, counted, quality, conf.asText(), versions(spark));
    printed.ifPresent(some -> context.out().print(printer.apply(result.schema(), some)));
    JobReport report = reports.apply(null);
    report.summary().forEach(context.err()::println);
    if (output.isPresent()) {
      Path path = output.get().folder().writeReport(report.toJson());
      context.err().println("written to " + output.get().folder().path() + ", report in " + path);
    }
    if (!report.hasEveryRow()) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "rows were lost: read " + total.getAsLong() + ", wrote " + report.rowsWritten());
    }
    Optional<Quality> quality =
        quality(work, () -> computed(spark, result, printed, output), output);
    if (quality.isPresent()) {
      quality.get().lines().forEach(context.err()::println);
      if (output.isPresent()) {
        output.get().folder().writeReport(reports.apply(quality.get().values()).toJson());
      }
    }
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#ENGINE_FAILED}, whatever failed: hours of
   *     work are done by then, and are not to be taken for lost
   */
  private static Optional<Quality> quality(
      TableWork work, Supplier<Optional<Dataset<Row>>> computed, Optional<RowSink> output) {
    try {
      return computed.get().flatMap(work::quality);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Throwable cause = Main.cause(e);
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "%s, but their quality could not be measured: %s"
              .formatted(
                  output
                      .map(sink -> "all rows and a report are in " + sink.folder().path())
                      .orElse("all rows are printed"),
                  cause instanceof PromptmillException ? cause.getMessage() : cause),
          e);
    }
  }

  /** All that is printed is collected, and nothing else is computed. */
  private static Optional<List<Row>> write(Dataset<Row> result, Optional<RowSink> output)
      throws IOException {
    if (output.isEmpty()) {
      return Optional.of(result.collectAsList());
    }
    output.get().write(result);
    return Optional.empty();
  }

  /** The results once more, without computing them again. */
  private static Optional<Dataset<Row>> computed(
      SparkSession spark,
      Dataset<Row> result,
      Optional<List<Row>> printed,
      Optional<RowSink> output) {
    return printed.isPresent()
        ? Optional.of(spark.createDataFrame(printed.get(), result.schema()))
        : output.orElseThrow().read(spark, result.schema());
  }

  /** Rows to take at most: all that are asked for, or that are shown. */
  static OptionalInt limit(PromptmillConf conf) {
    Optional<Integer> limit = conf.find(PromptmillKeys.LIMIT);
    boolean print = conf.find(PromptmillKeys.OUTPUT).isEmpty();
    if (print && (limit.isEmpty() || conf.isSet(PromptmillKeys.SHOW))) {
      int show = conf.get(PromptmillKeys.SHOW);
      return OptionalInt.of(Math.min(show, limit.orElse(show)));
    }
    return limit.isPresent() ? OptionalInt.of(limit.get()) : OptionalInt.empty();
  }

  /** Says at once what would otherwise come back from the executors, after some retries. */
  static void checkModel(PromptmillConf conf, Configuration hadoop) throws IOException {
    String uri = Specs.model(conf).uri();
    if (uri.startsWith("classpath:")) {
      return;
    }
    Location folder = Location.of(PromptmillKeys.MODEL.option(), uri, hadoop);
    Path config = new Path(folder.path(), "config.json");
    if (!folder.fileSystem().exists(config)) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--model: expected a checkpoint folder with config.json, found none at '%s'%s"
              .formatted(config, ModelSpec.embedded()));
    }
  }

  static Map<String, String> versions(SparkSession spark) {
    return Map.of(
        "promptmill", Main.version(),
        "spark", spark.version(),
        "java", System.getProperty("java.version"),
        "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "master", spark.sparkContext().master());
  }
}
