package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.CompareKeys;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.eval.report.EvaluationReport;
import io.promptmill.spark.eval.report.RunNames;
import io.promptmill.spark.eval.report.compare.Comparison;
import io.promptmill.spark.eval.report.compare.ComparisonTable;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunReader;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Compares finished evaluations item by item; starts no Spark. */
final class CompareJob implements Job {

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "Compares finished evaluations, of Promptmill or of lm-evaluation-harness, item by item"
        + " and writes a page about them.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.COMPARE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Configuration hadoop = new Configuration();
    List<String> uris = context.conf().find(CompareKeys.RUN).orElse(List.of());
    if (uris.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "--run: expected at least one finished evaluation, found none");
    }
    Optional<Location> output =
        context.conf().find(PromptmillKeys.OUTPUT).map(uri -> Location.of("--output", uri, hadoop));
    if (uris.size() == 1 && output.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "--run: expected two to compare, or --output, found one alone");
    }
    if (output.isPresent()) {
      checkFree(output.get(), context.conf().get(PromptmillKeys.OVERWRITE));
    }
    List<Run> runs = new ArrayList<>();
    for (String uri : uris) {
      Location location = Location.of("--run", uri, hadoop);
      runs.add(RunReader.read(location.fileSystem(), location.path()));
    }
    EvaluationReport report = EvaluationReport.of(runs);
    print(report, context.out());
    if (output.isPresent()) {
      report.write(output.get().fileSystem(), output.get().path());
      context.err().println("report in " + output.get().path());
    }
  }

  private static void checkFree(Location output, boolean overwrite) throws IOException {
    if (!output.fileSystem().exists(output.path())) {
      return;
    }
    if (output.fileSystem().getFileStatus(output.path()).isDirectory()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "--output: expected a file, found a folder " + output.path());
    }
    if (!overwrite) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--output: expected a new file, found %s; --overwrite replaces it"
              .formatted(output.path()));
    }
  }

  private static void print(EvaluationReport report, PrintStream out) {
    List<String> names = RunNames.of(report.runs());
    for (Comparison comparison : report.comparisons()) {
      out.println(
          "%s against %s (baseline)"
              .formatted(names.get(comparison.other()), names.get(comparison.baseline())));
      out.print(ComparisonTable.print(comparison));
    }
    if (!report.comparisons().isEmpty()) {
      out.println(ComparisonTable.NOTE);
    }
  }
}
