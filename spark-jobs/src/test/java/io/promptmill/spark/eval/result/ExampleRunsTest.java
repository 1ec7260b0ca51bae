package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleRunsTest {

  @Test
  void filesAreTheCommittedOnes(@TempDir Path folder) throws IOException {
    ExampleRuns.write(folder);
    List<Path> written = files(folder);
    assertThat(written).hasSize(16).isEqualTo(files(ExampleRuns.FOLDER));
    for (Path file : written) {
      assertThat(folder.resolve(file)).hasSameTextualContentAs(ExampleRuns.FOLDER.resolve(file));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
