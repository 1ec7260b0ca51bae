package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README says of options is what the program says. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");

  @Test
  void showsTheTableThatTheOptionsSubcommandPrints() throws IOException {
    String readme = Files.readString(README);
    String table = CommandLineRun.of("options").out().strip();
    assertThat(readme)
        .as("README.md holds the output of 'promptmill options', printed anew")
        .contains("\n" + table + "\n<!-- end of options -->");
  }
}
