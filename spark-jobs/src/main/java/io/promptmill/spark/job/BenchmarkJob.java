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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

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
    Optional<Path> output = conf.find(PromptmillKeys.OUTPUT).map(Path::new);
    if (output.isPresent() && isFolder(output.get(), hadoop)) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "--output: expected a file, found a folder " + output.get());
    }
    BenchmarkReport report = Benchmark.run(options, hadoop, context.err()::println);
    report.toText().forEach(context.out()::println);
    if (output.isPresent()) {
      write(output.get(), hadoop, report.toJson());
      context.err().println("report in " + output.get());
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

  private static boolean isFolder(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory();
  }

  private static void write(Path path, Configuration hadoop, String json) throws IOException {
    FileSystem fileSystem = Location.withoutChecksumFiles(path.getFileSystem(hadoop));
    try (OutputStream out = fileSystem.create(path, true)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
