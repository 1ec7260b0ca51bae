package io.promptmill.spark.job;

import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.testing.FakeOpener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the command line, mostly on the fake model: its exit code and what it printed. */
record CommandLineRun(int exitCode, String out, String err) {

  static CommandLineRun of(String... args) {
    return of(new FakeOpener(), List.of(args));
  }

  static CommandLineRun onRealModel(List<String> args) {
    return of(ModelUdfOpener.INSTANCE, args);
  }

  static CommandLineRun of(UdfOpener opener, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        new Main(
                opener,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(args);
    return new CommandLineRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a subcommand on a model folder that is made in {@code temp}. */
  static CommandLineRun withModel(Path temp, String job, String... args) throws IOException {
    Path model = Files.createDirectories(temp.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{}");
    List<String> all = new ArrayList<>(List.of(job, "--model", model.toString()));
    all.addAll(List.of(args));
    return of(all.toArray(String[]::new));
  }
}
