package io.promptmill.spark.job;

import io.promptmill.benchmark.Benchmark;
import io.promptmill.benchmark.BenchmarkOptions;
import io.promptmill.benchmark.BenchmarkReport;
import io.promptmill.benchmark.Part;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.BenchmarkKeys;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Measures this machine; starts no Spark. */
final class BenchmarkJob implements Job {

  @Override
  public String name() {
    return "benchmark";
  }

  @Override
  public String summary() {
    return "Measures loading, prefill, decoding and two jobs on a random model of"
        + " DeepSeek-V2-Lite's layer shapes, and the machine's own limits, in this process.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.BENCHMARK;
  }

  @Override
  public void run(JobContext context) throws IOException {
    PromptmillConf conf = context.conf();
    Configuration hadoop = new Configuration();
    BenchmarkOptions options = options(conf);
    String option = PromptmillKeys.OUTPUT.option();
    Optional<Location> output =
        conf.find(PromptmillKeys.OUTPUT).map(uri -> Location.of(option, uri, hadoop));
    if (output.isPresent() && isFolder(output.get())) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          option + ": expected a file, found a folder " + output.get().path());
    }
    BenchmarkReport report = Benchmark.run(options, hadoop, context.err()::println);
    report.toText().forEach(context.out()::println);
    if (output.isPresent()) {
      output.get().write(report.toJson());
      context.err().println("report in " + output.get().path());
    }
  }

  private static BenchmarkOptions options(PromptmillConf conf) {
    return new BenchmarkOptions(
        conf.get(BenchmarkKeys.LAYERS),
        conf.get(PromptmillKeys.DTYPE),
        conf.get(PromptmillKeys.DEVICES),
        conf.get(PromptmillKeys.THREADS),
        conf.get(PromptmillKeys.MAX_STEP_TOKENS),
        conf.find(BenchmarkKeys.WORK_DIR),
        conf.find(BenchmarkKeys.JOBS).map(BenchmarkJob::localFile),
        conf.get(BenchmarkKeys.REPEATS),
        Part.of(conf.get(BenchmarkKeys.ONLY)));
  }

  private static java.nio.file.Path localFile(String name) {
    try {
      return java.nio.file.Path.of(name);
    } catch (InvalidPathException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "--jobs: expected a local file, found '" + name + "'", e);
    }
  }

  private static boolean isFolder(Location location) throws IOException {
    FileSystem fileSystem = location.fileSystem();
    return fileSystem.exists(location.path())
        && fileSystem.getFileStatus(location.path()).isDirectory();
  }
}
