package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the documentation says of options is what the program says. */
class OptionsDocumentationTest {
  private static final Path OPTIONS = Path.of("docs", "options.md");

  @Test
  void showsTheTableThatTheOptionsSubcommandPrints() throws IOException {
    String document = Files.readString(OPTIONS);
    String table = CommandLineRun.of("options").out().strip();
    assertThat(document)
        .as("docs/options.md holds the output of 'promptmill options', printed anew")
        .contains("\n" + table + "\n<!-- end of options -->");
  }
}
