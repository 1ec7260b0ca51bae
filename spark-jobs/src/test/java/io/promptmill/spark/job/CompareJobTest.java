package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareJobTest {
  private static final String HARNESS = "src/test/resources/eval/report/harness/invented__noise-";
  private static final String ONE = HARNESS + "one";
  private static final String TWO = HARNESS + "two";

  @TempDir Path temp;

  @Test
  void printsTheComparisonAndWritesThePage() throws IOException {
    Path page = temp.resolve("report.html");
    CommandLineRun run =
        CommandLineRun.of(
            "compare", "--run", ONE, "--run", TWO, "--output", page.toUri().toString());

    assertThat(run.err()).contains("report in file:" + page);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("noise-two against noise-one (baseline)")
        .containsPattern("\\| rivers +\\| acc +\\| +0\\.3125 +\\| +0\\.5000 +\\| +\\+0\\.1875 ")
        .containsPattern("\\| {3}towns +\\| acc_norm ")
        .contains("exact_match,strict-match", "exact McNemar test");
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactly(page);
    }
  }

  @Test
  void replacesAPageOnlyWhenAsked() throws IOException {
    Path page = Files.writeString(temp.resolve("report.html"), "mine");
    CommandLineRun run = CommandLineRun.of("compare", "--run", ONE, "--output", page.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--output: expected a new file, found file:" + page);
    assertThat(Files.readString(page)).isEqualTo("mine");

    CommandLineRun again =
        CommandLineRun.of("compare", "--run", ONE, "--output", page.toString(), "--overwrite");
    assertThat(again.exitCode()).isZero();
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void wrongRunsAreUsageErrors() {
    assertThat(CommandLineRun.of("compare").err())
        .contains("--run: expected at least one finished evaluation, found none");
    assertThat(CommandLineRun.of("compare", "--run", ONE).err())
        .contains("--run: expected two to compare, or --output, found one alone");
    CommandLineRun none = CommandLineRun.of("compare", "--run", ONE, "--run", temp + "/none");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains("/none: expected a results_<date>.json or one folder with such files");
    assertThat(
            CommandLineRun.of("compare", "--run", ONE, "--run", TWO, "--output", temp.toString())
                .err())
        .contains("--output: expected a file, found a folder");
  }
}
