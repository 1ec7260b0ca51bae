package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.benchmark.Part;
import io.promptmill.spark.conf.BenchmarkKeys;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the benchmark; what it measures is tested beside it, on a tiny model. */
class BenchmarkJobTest {
  @TempDir Path temp;

  @Test
  void helpShowsItsOptions() {
    CommandLineRun run = CommandLineRun.of("benchmark", "--help");

    assertThat(run.exitCode()).isZero();
    for (ConfKey<?> key : PromptmillKeys.BENCHMARK) {
      assertThat(run.out()).contains(key.option());
    }
    assertThat(run.out()).doesNotContain("--prompt-column");
  }

  @Test
  void measuresEveryPartUnlessToldOtherwise() {
    assertThat(BenchmarkKeys.ONLY.fallback()).isEqualTo(String.join(",", Part.names()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --only=prefil     | --only: expected some of load, limits, prefill, decode, mmlu, gsm8k, found 'prefil'
          --layers=0        | --layers: expected a whole number from 1, found '0'
          --output=/        | --output: expected a file, found a folder
          --jobs=/no/file   | --jobs: /no/file: expected a readable file
          """)
  void wrongOptionsAreUsageErrorsBeforeAnyWork(String option, String message) {
    CommandLineRun run =
        CommandLineRun.of("benchmark", "--work-dir", temp.resolve("work").toString(), option);

    assertThat(run.err()).contains("promptmill benchmark: " + message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(temp.resolve("work")).doesNotExist();
  }

  @Test
  void neverWritesOverWhatTheWorkDirectoryHolds() throws IOException {
    Files.writeString(temp.resolve("config.json"), "{}");

    CommandLineRun run = CommandLineRun.of("benchmark", "--work-dir", temp.toString());

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("promptmill benchmark: ");
    assertThat(temp).isDirectoryNotContaining("glob:**.safetensors");
  }
}
