package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.InputTable;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.OutputTable;
import io.promptmill.spark.plan.OrderByPrefix;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.spark.report.JobReport;
import io.promptmill.spark.report.ProgressBoard;
import io.promptmill.spark.report.ProgressListener;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.ModelSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What jobs over a table share: read, check, run, write or print, report.
 *
 * @param name the subcommand
 * @param shown fields of the result that are printed
 */
record InferJob(String name, List<String> shown) {

  /** One inference for each row. */
  void run(JobContext context, InferSpec spec) throws IOException {
    InferSpecs.validate(spec);
    run(context, new TableWork.Single(spec));
  }

  void run(JobContext context, TableWork work) throws IOException {
    PromptmillConf conf = context.conf();
    boolean print = conf.find(PromptmillKeys.OUTPUT).isEmpty();
    SparkSession spark = context.session().get();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    checkModel(conf.get(PromptmillKeys.MODEL), hadoop);
    InputTable input = InputTable.open(spark, conf, limit(conf, print));
    Optional<OutputTable> output = OutputTable.open(conf, input.rows(), hadoop);
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "promptmill " + name);
    OptionalLong total = input.count();
    Dataset<Row> result =
        work.apply(rows(conf, work, input, total), new InferCalls(conf, context.opener(), counts));
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
    Optional<Quality> quality = work.quality(computed(spark, result, printed, output));
    JobReport report =
        JobReport.of(
            name,
            started,
            wall,
            total,
            written.counts(counts.value()),
            quality.map(Quality::values).orElse(null),
            conf.asText(),
            versions(spark));
    printed.ifPresent(rows -> context.out().print(ResultTable.print(result.schema(), rows, shown)));
    report.summary().forEach(context.err()::println);
    quality.ifPresent(measured -> measured.lines().forEach(context.err()::println));
    if (output.isPresent()) {
      Path path = output.get().writeReport(report.toJson());
      context.err().println("written to " + output.get().path() + ", report in " + path);
    }
    if (!report.hasEveryRow()) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "rows were lost: read " + total.getAsLong() + ", wrote " + report.rowsWritten());
    }
  }

  /** All that is printed is collected, and nothing else is computed. */
  private static Optional<List<Row>> write(Dataset<Row> result, Optional<OutputTable> output) {
    if (output.isEmpty()) {
      return Optional.of(result.collectAsList());
    }
    output.get().write(result);
    return Optional.empty();
  }

  /** The results once more, without computing them again. */
  private static Dataset<Row> computed(
      SparkSession spark,
      Dataset<Row> result,
      Optional<List<Row>> printed,
      Optional<OutputTable> output) {
    return printed.isPresent()
        ? spark.createDataFrame(printed.get(), result.schema())
        : output.orElseThrow().read(spark, result.schema());
  }

  private static OptionalInt limit(PromptmillConf conf, boolean print) {
    Optional<Integer> limit = conf.find(PromptmillKeys.LIMIT);
    if (print && (limit.isEmpty() || conf.isSet(PromptmillKeys.SHOW))) {
      int show = conf.get(PromptmillKeys.SHOW);
      return OptionalInt.of(Math.min(show, limit.orElse(show)));
    }
    return limit.isPresent() ? OptionalInt.of(limit.get()) : OptionalInt.empty();
  }

  private static Dataset<Row> rows(
      PromptmillConf conf, TableWork work, InputTable input, OptionalLong total) {
    if (work.ordered().isEmpty() || !conf.get(PromptmillKeys.ORDER_BY_PREFIX)) {
      return input.rows();
    }
    int parallelism =
        ((SparkSession) input.rows().sparkSession()).sparkContext().defaultParallelism();
    int partitions =
        conf.find(PromptmillKeys.PARTITIONS)
            .orElseGet(() -> OrderByPrefix.partitions(total.orElse(0), parallelism));
    return OrderByPrefix.apply(input.unspread(), work.ordered().get(), partitions);
  }

  /** Says at once what would otherwise come back from the executors, after some retries. */
  private static void checkModel(String uri, Configuration hadoop) throws IOException {
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
