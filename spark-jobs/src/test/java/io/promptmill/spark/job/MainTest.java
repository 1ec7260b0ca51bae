package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @TempDir Path temp;

  @BeforeAll
  static void sparkIsThere() {
    LocalSpark.session(); // else the first job would stop its own
  }

  @Test
  void helpShowsEveryOptionWithItsDefault() {
    CommandLineRun run = CommandLineRun.of("generate", "--help");

    assertThat(run.exitCode()).isZero();
    for (ConfKey<?> key : PromptmillKeys.GENERATE) {
      String name = key.option().substring(2);
      assertThat(run.out()).containsAnyOf("--" + name, "--[no-]" + name);
    }
    assertThat(run.out())
        .contains(
            "--master", "--conf", "(default: 256)", "Exit codes", "spark.promptmill.maxTokens");
    assertThat(CommandLineRun.of("--help").out()).contains("generate", "score");
    assertThat(CommandLineRun.of("--version").out()).contains("promptmill");
  }

  @Test
  void optionsPrintsEveryKeyForTheDocumentation() {
    CommandLineRun run = CommandLineRun.of("options");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(2 + PromptmillKeys.ALL.size());
    assertThat(run.out()).contains("| `--max-tokens` | `spark.promptmill.maxTokens` | `256` |");
  }

  @Test
  void anUnknownSubcommandIsAUsageErrorWithTheNearestName() {
    CommandLineRun run = CommandLineRun.of("genrate");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'genrate' (did you mean 'generate'?)");
  }

  @Test
  void noSubcommandIsAUsageError() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("generate", "score");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nonsense               | Unknown option: '--nonsense'
          --max-token=3            | Unknown option: '--max-token=3' (did you mean '--max-tokens'?)
          --max-tokens=x           | --max-tokens: expected a whole number from 1, found 'x'
          --conf=promptmill.topp=1 | unknown configuration key 'spark.promptmill.topp' (did you mean 'topP'?)
          --conf=nonsense          | --conf: expected key=value, found 'nonsense'
          --prompt-template=x      | found --prompt-column and --prompt-template
          --min-tokens=300         | min tokens: expected 0 to max tokens (256), found 300
          --system-prompt=x        | --system-prompt: expected --chat or --messages-column with it
          --query=SELECT_1         | expected one of --input and --query, found both
          --input-format=xml       | --input-format: expected one of parquet, jsonl, csv, text, orc, table, found 'xml'
          --output=.               | --output: expected a folder that does not exist
          """)
  void wrongOptionsAreUsageErrorsBeforeAnyWork(String option, String message) throws IOException {
    Path input = Files.writeString(temp.resolve("q.jsonl"), "{\"q\":\"one\"}\n");

    CommandLineRun run =
        CommandLineRun.withModel(
            temp, "generate", "--input", input.toString(), "--prompt-column", "q", option);

    assertThat(run.err()).contains("promptmill generate: ").contains(message);
    assertThat(run.err()).contains("Try 'promptmill generate --help'.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void wrongInputsAreUsageErrorsBeforeAnyWork() throws IOException {
    Path unknown = Files.writeString(temp.resolve("q.dat"), "x");
    Path lines = Files.writeString(temp.resolve("q.jsonl"), "{\"question\":\"one\"}\n");

    assertThat(generate("--input", temp + "/none.csv", "--prompt-column", "q"))
        .contains("--input: no file or folder 'file:" + temp + "/none.csv'");
    assertThat(generate("--input", unknown.toString(), "--prompt-column", "q"))
        .contains("--input-format is needed")
        .contains(".jsonl");
    assertThat(generate("--input", "nowhere", "--input-format", "table", "--prompt-column", "q"))
        .contains("--input: no table 'nowhere'");
    assertThat(generate("--query", "SELECT nothing", "--prompt-column", "q")).contains("nothing");
    assertThat(generate("--input", lines.toString(), "--prompt-column", "qestion"))
        .contains("no column 'qestion' in the input (did you mean 'question'?); it has: question");
    Path empty = Files.writeString(temp.resolve("empty.jsonl"), "");
    assertThat(generate("--input", empty.toString(), "--prompt-column", "q"))
        .contains("no column 'q': the input is empty");
    assertThat(generate("--input", "nofs://x/q.jsonl", "--prompt-column", "q"))
        .contains("--input: expected the URI of a reachable file system, found 'nofs://x/q.jsonl'");
    assertThat(generate("--input", "", "--prompt-column", "q")).contains("--input: expected");
    assertThat(generate("--input", lines.toString()))
        .contains(
            "expected one of --prompt-column, --prompt-template, --messages-column, found none");
    assertThat(generate("--prompt-column", "q")).contains("found neither");
  }

  @Test
  void refusesToOverwriteFilesThatTheInputReads() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("day 1"));
    Path lines = Files.writeString(folder.resolve("q.jsonl"), "{\"question\":\"one\"}\n");
    List<List<String>> inputs =
        List.of(
            List.of("--input", lines.toString()),
            List.of("--input", temp + "/day*/q.jsonl"),
            List.of("--query", "SELECT * FROM json.`" + folder + "`"));

    for (List<String> input : inputs) {
      List<String> args = new ArrayList<>(input);
      args.addAll(
          List.of("--prompt-column", "question", "--overwrite", "--output", folder.toString()));
      assertThat(generate(args.toArray(String[]::new)))
          .contains("--overwrite would delete the input 'file:" + lines + "'");
    }
    assertThat(lines).exists();
  }

  private String generate(String... args) throws IOException {
    CommandLineRun run = CommandLineRun.withModel(temp, "generate", args);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    return run.err();
  }

  @Test
  void aMissingModelIsAUsageError() {
    assertThat(
            CommandLineRun.of("generate", "--prompt-column", "q", "--query", "SELECT 1 AS q").err())
        .contains("--model (or spark.promptmill.model) is missing");
    CommandLineRun run =
        CommandLineRun.of(
            "generate",
            "--model",
            temp.toString(),
            "--prompt-column",
            "q",
            "--query",
            "SELECT 1 AS q");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--model: expected a checkpoint folder with config.json")
        .contains("embedded models: demo, tiny-random");
    assertThat(
            CommandLineRun.of(
                    "generate",
                    "--model",
                    "nofs://x",
                    "--prompt-column",
                    "q",
                    "--query",
                    "SELECT 1 AS q")
                .err())
        .contains("--model: expected the URI of a reachable file system, found 'nofs://x'");
  }

  @Test
  void switchesCanBeTurnedOffAndOptionsComeFromConfiguration() throws IOException {
    CommandLineRun run =
        CommandLineRun.withModel(
            temp,
            "generate",
            "--query",
            "SELECT 'a' AS q",
            "--no-prefix-cache",
            "--conf",
            "promptmill.promptColumn=q",
            "--conf",
            "spark.promptmill.chat=false",
            "--output",
            temp.resolve("out").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(temp.resolve("out/_promptmill/report.json"))
        .content()
        .contains("\"prefixCache\" : \"false\"", "\"promptColumn\" : \"q\"");
  }
}
