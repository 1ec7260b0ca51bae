package io.promptmill.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Text files that say what output is right. With {@code -Dpromptmill.approve=true} they are written
 * anew from what came out; look at the difference before committing it.
 */
public final class Approved {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Approved() {}

  /** Files of a folder of the test resources and its folders, in order of their names. */
  public static List<Path> files(String folder, String extension) {
    try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares with the file next to {@code input} that has this extension. */
  public static void check(Path input, String extension, String actual) {
    String name = input.getFileName().toString();
    Path approved = input.resolveSibling(name.substring(0, name.lastIndexOf('.')) + extension);
    try {
      if (Boolean.getBoolean("promptmill.approve")) {
        Files.writeString(approved, actual);
      }
      assertThat(approved).as("run with -Dpromptmill.approve=true to write it").exists();
      assertThat(actual).as(approved.toString()).isEqualTo(Files.readString(approved));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
