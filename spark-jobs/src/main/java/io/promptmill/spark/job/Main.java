package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PresetKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.preset.Presets;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The main class: {@code promptmill generate …}, {@code promptmill score …}. */
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** All subcommands. */
  private static final List<Job> JOBS =
      List.of(
          new GenerateJob(),
          new ScoreJob(),
          new TranslateJob(),
          new ClassifyJob(),
          new RunBatchJob(),
          new EvaluateJob(),
          new CompareJob(),
          new BenchmarkJob(),
          new PresetsJob(),
          new OptionsJob());

  private final UdfOpener opener;
  private final PrintStream out;
  private final PrintStream err;

  Main(UdfOpener opener, PrintStream out, PrintStream err) {
    this.opener = opener;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Main(ModelUdfOpener.INSTANCE, out, err).run(List.of(args)));
  }

  static String version() {
    return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "dev");
  }

  /** Runs one command line and gives its exit code. */
  int run(List<String> args) {
    CommandLine commands = Commands.of(JOBS);
    commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    ParseResult parsed;
    try {
      parsed = commands.parseArgs(args.toArray(String[]::new));
    } catch (ParameterException e) {
      return usage(
          e.getCommandLine().getCommandSpec().qualifiedName(), e.getMessage() + Commands.hint(e));
    }
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    if (!parsed.hasSubcommand()) {
      commands.usage(err);
      return USAGE;
    }
    return run(parsed.subcommand());
  }

  private int run(ParseResult parsed) {
    Job job = (Job) parsed.commandSpec().userObject();
    String command = parsed.commandSpec().qualifiedName();
    try (SparkSetup spark = SparkSetup.of(job.name(), parsed)) {
      PromptmillConf conf = conf(job, Commands.options(job, parsed), spark);
      job.run(new JobContext(conf, () -> spark.session(conf), opener, out, err));
      return DONE;
    } catch (PromptmillException e) {
      return e.code() == ErrorCode.OPTION_INVALID
          ? usage(command, e.getMessage())
          : failed(command, e);
    } catch (IOException | RuntimeException e) {
      return failed(command, e);
    } catch (Exception e) {
      // Spark throws this checked exception without declaring it
      return e instanceof AnalysisException ? usage(command, e.getMessage()) : failed(command, e);
    }
  }

  private static PromptmillConf conf(Job job, Map<String, List<String>> options, SparkSetup spark) {
    Map<String, String> configuration = spark.configuration();
    PromptmillConf conf = PromptmillConf.resolve(job.keys(), options, configuration);
    if (!PresetKeys.SETTABLE.containsKey(job.name())) {
      return conf;
    }
    return conf.find(PresetKeys.PRESET)
        .map(name -> Presets.of(name, job.name(), spark.hadoop()).values())
        .map(preset -> PromptmillConf.resolve(job.keys(), options, configuration, preset))
        .orElse(conf);
  }

  private int usage(String command, String message) {
    err.println(command + ": " + message.strip());
    err.println("Try '" + command + " --help'.");
    return USAGE;
  }

  /** Our own error behind a failure, else what is at the bottom of it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof PromptmillException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Our own errors say it all in one line; anything else needs its stack. */
  private int failed(String command, Throwable failure) {
    Throwable cause = cause(failure);
    if (!(cause instanceof PromptmillException)) {
      failure.printStackTrace(err);
    }
    err.println(command + ": " + Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    return FAILED;
  }
}
