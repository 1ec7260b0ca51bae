package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/promptmill}, as a user calls it. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of(System.getProperty("promptmill.launcher"));

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();

  private CommandLineRun run(Path launcher, String... args) throws Exception {
    Process process = start(launcher, args);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("launcher ends").isTrue();
    return ended(process);
  }

  private CommandLineRun ended(Process process) throws IOException {
    return new CommandLineRun(
        process.exitValue(), read(temp.resolve("out.txt")), read(temp.resolve("err.txt")));
  }

  private Process start(Path launcher, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path out = temp.resolve("out.txt");
    Path err = temp.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void helpThroughASymbolicLinkFromAnotherFolder() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("pm"), LAUNCHER);

    CommandLineRun run = run(link, "generate", "--help");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Usage: promptmill generate", "--prompt-template");
  }

  @Test
  void argumentsArriveAsTheyAreAndUsageErrorsExitWithTwo() throws Exception {
    CommandLineRun run =
        run(
            LAUNCHER,
            "generate",
            "--model",
            "classpath:promptmill/models/tiny-random",
            "--prompt-template",
            "it's \"{q}\" $HOME `x` *\nend",
            "--conf",
            "spark.promptmill.maxTokens=4",
            "--master",
            "local[1]",
            "--input",
            "no such 'file'.jsonl");

    assertThat(run.err()).contains("--input: no file or folder", "no such 'file'.jsonl'");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void twoExecutorsOfTheirOwnGiveTheAnswersOfOneJvm() throws Exception {
    List<String> local = answers("local", "--master", "local[2]");
    List<String> cluster =
        answers("cluster", "--master", "local-cluster[2,1,1024]", "--partitions", "4");

    assertThat(local).hasSize(20).allMatch(line -> line.contains("\"error\":null"));
    assertThat(cluster).isEqualTo(local);
  }

  @Test
  void theTwoLinesOfTheTemplateBringTheSqlFunctions() throws Exception {
    Path conf = Files.createDirectory(temp.resolve("conf"));
    String template =
        read(LAUNCHER.resolve("../../../conf/spark-defaults.conf.template").normalize());
    Files.writeString(
        conf.resolve("spark-defaults.conf"),
        template.replaceAll("(?m)^# (?=spark\\.(plugins|sql\\.extensions) )", "")
            + "\nspark.promptmill.model demo\n");
    environment.put("SPARK_CONF_DIR", conf.toString());

    CommandLineRun run =
        run(
            LAUNCHER,
            "generate",
            "--query",
            "SELECT ai_classify('Poor film! I hate it.', array('positive', 'negative')) AS label",
            "--prompt-column",
            "label",
            "--max-tokens",
            "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("| negative |");
  }

  @Test
  void anEvaluationThatWasKilledGoesOnWhereItWas() throws Exception {
    Path output = temp.resolve("evaluation");
    String[] command = {
      "evaluate",
      "--model",
      "classpath:promptmill/models/tiny-random",
      "--tasks",
      "demo_gsm8k",
      "--data",
      LAUNCHER.resolve("../../../model-udf/demo/data/eval").normalize().toString(),
      "--limit",
      "24",
      "--partitions",
      "8",
      "--master",
      "local[1]",
      "--conf",
      "spark.ui.enabled=false",
      "--output",
      output.toString()
    };
    Process killed = start(LAUNCHER, command);
    while (killed.isAlive() && files(output.resolve("_promptmill/items")) == 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    killed.destroyForcibly().waitFor();
    assertThat(files(output.resolve("_promptmill/items")))
        .as(ended(killed).err())
        .isBetween(1L, 7L);

    CommandLineRun run = run(LAUNCHER, command);

    assertThat(run.exitCode()).as(run.err()).isZero();
    Matcher done =
        Pattern.compile("24 requests, (\\d+) of them answered by an earlier run")
            .matcher(run.err());
    assertThat(done.find()).as(run.err()).isTrue();
    int kept = Integer.parseInt(done.group(1));
    assertThat(kept).isPositive();
    assertThat(run.err()).contains(24 - kept + " rows in");
    assertThat(run.out()).contains("demo_gsm8k");
  }

  private static long files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).count();
    }
  }

  /** Lines of the result, sorted. */
  private List<String> answers(String name, String... options) throws Exception {
    Path output = temp.resolve(name);
    List<String> args =
        new ArrayList<>(
            List.of(
                "generate",
                "--model",
                "demo",
                "--input",
                LAUNCHER.resolve("../../samples/questions.jsonl").normalize().toString(),
                "--prompt-template",
                "Question: {question}\\nAnswer:",
                "--max-tokens",
                "6",
                "--conf",
                "spark.ui.enabled=false",
                "--output",
                output.toString(),
                "--output-format",
                "jsonl"));
    args.addAll(List.of(options));
    CommandLineRun run = run(LAUNCHER, args.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("20 rows in", "0 failed", "model DeepseekV2ForCausalLM");
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }
}
