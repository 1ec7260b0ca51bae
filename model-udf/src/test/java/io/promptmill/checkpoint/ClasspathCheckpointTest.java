package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code classpath:} in a jar, as in the artifact that {@code spark-submit} takes. */
class ClasspathCheckpointTest extends CheckpointDirectoryContract {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Override
  String store(TinyCheckpoint checkpoint, String name) throws Exception {
    Path folder = checkpoint.writeTo(local.resolve("files-" + name));
    Path jar = local.resolve(name + ".jar");
    try (FileSystem zip =
            FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"));
        Stream<Path> files = Files.list(folder)) {
      Path root = Files.createDirectories(zip.getPath("models", name));
      for (Path file : files.toList()) {
        Files.copy(file, root.resolve(file.getFileName().toString()));
      }
    }
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, before));
    return "classpath:models/" + name;
  }

  @Override
  Configuration conf() {
    return new Configuration(false);
  }

  @Test
  void acceptsSlashesAroundTheFolder() throws Exception {
    store(TinyCheckpoint.single(), "slashes");
    try (CheckpointDirectory checkpoint =
        CheckpointDirectory.open("classpath:/models/slashes/", conf())) {
      assertThat(checkpoint.uri()).isEqualTo("classpath:models/slashes");
    }
  }

  @Test
  void deletesItsCopiesWhenClosedAndWhenOpeningFails() throws Exception {
    String good = store(TinyCheckpoint.single(), "good");
    long earlier = copies();
    CheckpointDirectory checkpoint = CheckpointDirectory.open(good, conf());
    assertThat(copies()).isEqualTo(earlier + 1);
    checkpoint.close();
    assertThat(copies()).isEqualTo(earlier);
    checkpoint.close();
    assertThatThrownBy(() -> CheckpointDirectory.open("classpath:no/such", conf()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll("classpath:no/such", "config.json", "found none");
    assertThat(copies()).isEqualTo(earlier);
  }

  @Test
  void refusesNoFolder() {
    assertThatThrownBy(() -> CheckpointDirectory.open("classpath:", conf()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("expected classpath:folder");
  }

  private static long copies() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("promptmill-checkpoint"))
          .count();
    }
  }
}
