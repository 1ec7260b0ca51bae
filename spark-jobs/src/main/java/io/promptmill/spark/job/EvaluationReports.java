package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ItemOutcome.TokenUse;
import io.promptmill.spark.eval.report.EvaluationReport;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunReader;
import io.promptmill.spark.eval.result.ResultFiles;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.plan.RowCounts;
import io.promptmill.spark.report.JobReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.classic.SparkSession;

/** What a run of one or several models leaves behind: files, a page, lines for the console. */
final class EvaluationReports {
  private final JobContext context;
  private final Optional<EvaluationOutput> output;
  private final Instant started = Instant.now();
  private final long startNanos = System.nanoTime();
  private final List<Path> results = new ArrayList<>();
  private RowCounts counts = RowCounts.NONE;
  private long rows;
  private long failed;
  private long items;

  EvaluationReports(JobContext context, Optional<EvaluationOutput> output) {
    this.context = context;
    this.output = output;
  }

  /** Writes one model's files. */
  void add(ModelEvaluation.Result result) throws IOException {
    counts = counts.plus(result.counts());
    rows += result.rows();
    failed += result.failed();
    items += result.scores().tasks().stream().mapToLong(task -> task.sanity().items()).sum();
    context.err().println(shared(result));
    if (output.isPresent()) {
      Location location = output.get().location();
      results.add(ResultFiles.write(location, result.info(), result.scores(), Instant.now()));
      context.err().println("results in " + results.get(results.size() - 1));
    }
  }

  /** Of all items, those that an earlier run answered included. */
  private static String shared(ModelEvaluation.Result result) {
    TokenUse sum =
        result.scores().tasks().stream()
            .flatMap(task -> task.run().outcomes().stream())
            .map(ItemOutcome::tokens)
            .reduce(TokenUse.NONE, TokenUse::plus);
    long computed = sum.prompt() - sum.cached();
    return String.format(
        Locale.ROOT,
        "prompt tokens: %,d asked, one pass for each candidate; %,d without candidates of the same"
            + " context; %,d computed, %.1f %% saved",
        sum.asked(),
        sum.prompt(),
        computed,
        sum.asked() == 0 ? 0.0 : 100.0 * (sum.asked() - computed) / sum.asked());
  }

  /**
   * Writes what is about all models.
   *
   * @throws PromptmillException with {@link ErrorCode#ENGINE_FAILED} if items failed
   */
  void finish(SparkSession spark) throws IOException {
    JobReport report =
        JobReport.of(
            "evaluate",
            started,
            Duration.ofNanos(System.nanoTime() - startNanos),
            OptionalLong.of(rows),
            counts,
            null,
            context.conf().asText(),
            JobFrame.versions(spark));
    report.summary().forEach(context.err()::println);
    if (output.isPresent()) {
      Location location = output.get().location();
      List<Run> runs = new ArrayList<>();
      for (Path file : results) {
        runs.add(RunReader.read(location.fileSystem(), file));
      }
      EvaluationReport.write(runs, location.fileSystem(), output.get().page());
      Path written = output.get().writeReport(report.toJson());
      context.err().println("page in " + output.get().page() + ", report in " + written);
    }
    if (failed > 0) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "%,d of %,d items failed and are in no score%s"
              .formatted(
                  failed,
                  items,
                  output.isPresent() ? "; the same command again asks for those alone" : ""));
    }
  }
}
