package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchOutputTest {
  @TempDir Path temp;

  @Test
  void everyLineIsThereOnceThoughEveryTaskFailedTwiceWithMostLinesWritten() throws Exception {
    runRetriedWrites();

    for (String name : List.of("parts", "single")) {
      Path folder = temp.resolve(name);
      assertThat(Files.readAllLines(RetriedWrites.failures(folder)))
          .containsExactlyInAnyOrderElementsOf(everyPartitionTwice());
      for (String kind : List.of(ResultLines.OUTPUT, ResultLines.ERRORS)) {
        Path lines = name.equals("single") ? folder.resolve(kind + ".jsonl") : folder.resolve(kind);
        assertThat(lines(lines))
            .as("%s of %s", kind, name)
            .isEqualTo(
                LongStream.range(0, RetriedWrites.LINES)
                    .filter(line -> RetriedWrites.kind(line).equals(kind))
                    .mapToObj(Long::toString)
                    .toList());
      }
    }
    assertThat(names(temp.resolve("single")))
        .containsExactly("_SUCCESS", "errors.jsonl", "output.jsonl");
    assertThat(names(temp.resolve("parts/output"))).allMatch(name -> name.startsWith("part-"));
    assertThat(Files.getLastModifiedTime(temp.resolve("single/_SUCCESS")))
        .as("the marker comes last")
        .isGreaterThanOrEqualTo(Files.getLastModifiedTime(temp.resolve("single/errors.jsonl")))
        .isGreaterThanOrEqualTo(Files.getLastModifiedTime(temp.resolve("single/output.jsonl")));
  }

  private static List<String> everyPartitionTwice() {
    List<String> failures = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      for (int attempt = 0; attempt < 2; attempt++) {
        failures.add("%d/%d: [errors, output]".formatted(partition, attempt));
      }
    }
    return failures;
  }

  private void runRetriedWrites() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RetriedWrites.class.getName(),
            temp.toString()));
    Path log = temp.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** Of a file, or of all parts in a folder in the order of their names. */
  private static List<String> lines(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return Files.readAllLines(path);
    }
    List<String> lines = new ArrayList<>();
    for (String name : names(path)) {
      lines.addAll(Files.readAllLines(path.resolve(name)));
    }
    return lines;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
