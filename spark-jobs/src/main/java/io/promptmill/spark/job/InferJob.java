package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.io.InputTable;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.OutputTable;
import io.promptmill.spark.plan.InferCall;
import io.promptmill.spark.plan.Inference;
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
 * What {@code generate} and {@code score} share: read, check, run, write or print, report.
 *
 * @param name the subcommand
 * @param shown fields of the result that are printed
 */
record InferJob(String name, List<String> shown) {

  void run(JobContext context, InferSpec spec) throws IOException {
    PromptmillConf conf = context.conf();
    InferSpecs.validate(spec);
    boolean print = conf.find(PromptmillKeys.OUTPUT).isEmpty();
    SparkSession spark = context.session().get();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    ModelSpec model = Specs.model(conf);
    checkModel(model.uri(), hadoop);
    InputTable input = InputTable.open(spark, conf, limit(conf, print));
    Optional<OutputTable> output = OutputTable.open(conf, input.rows(), hadoop);
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "promptmill " + name);
    InferCall call =
        new InferCall(
            model,
            spec,
            context.opener(),
            conf.get(PromptmillKeys.BATCH_ROWS),
            conf.get(PromptmillKeys.BATCHES_IN_FLIGHT),
            conf.get(PromptmillKeys.FAIL_ON_ERROR),
            false,
            counts);
    OptionalLong total = input.count();
    Dataset<Row> result = Inference.apply(rows(conf, spec, input, total), call);

    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    Optional<List<Row>> printed;
    try (ProgressListener progress =
        new ProgressListener(
            ProgressBoard.get(),
            context.err(),
            System.getenv("PROMPTMILL_TTY") != null,
            total,
            Duration.ofSeconds(conf.get(PromptmillKeys.PROGRESS_SECONDS)))) {
      printed = write(result, output);
    }
    JobReport report =
        JobReport.of(
            name,
            started,
            Duration.ofNanos(System.nanoTime() - startNanos),
            total,
            counts.value(),
            conf.asText(),
            versions(spark));
    printed.ifPresent(rows -> context.out().print(ResultTable.print(result.schema(), rows, shown)));
    report.summary().forEach(context.err()::println);
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

  private static OptionalInt limit(PromptmillConf conf, boolean print) {
    Optional<Integer> limit = conf.find(PromptmillKeys.LIMIT);
    if (print && (limit.isEmpty() || conf.isSet(PromptmillKeys.SHOW))) {
      int show = conf.get(PromptmillKeys.SHOW);
      return OptionalInt.of(Math.min(show, limit.orElse(show)));
    }
    return limit.isPresent() ? OptionalInt.of(limit.get()) : OptionalInt.empty();
  }

  private static Dataset<Row> rows(
      PromptmillConf conf, InferSpec spec, InputTable input, OptionalLong total) {
    if (!conf.get(PromptmillKeys.ORDER_BY_PREFIX)) {
      return input.rows();
    }
    int parallelism =
        ((SparkSession) input.rows().sparkSession()).sparkContext().defaultParallelism();
    int partitions =
        conf.find(PromptmillKeys.PARTITIONS)
            .orElseGet(() -> OrderByPrefix.partitions(total.orElse(0), parallelism));
    return OrderByPrefix.apply(input.unspread(), spec, partitions);
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
