package io.promptmill.benchmark;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.checkpoint.HfConfig;
import io.promptmill.checkpoint.RandomCheckpoint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where the random checkpoint lies: a folder of the user's, kept, or a temporary one. */
final class WorkDirectory implements AutoCloseable {
  private static final long SEED = 7;

  private final Path folder;
  private final FileSystem fileSystem;
  private final boolean temporary;

  private WorkDirectory(Path folder, FileSystem fileSystem, boolean temporary) {
    this.folder = folder;
    this.fileSystem = fileSystem;
    this.temporary = temporary;
  }

  /**
   * Writes the checkpoint unless the folder has it.
   *
   * @param uri folder of any Hadoop file system; empty for a temporary local one
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the folder has another
   *     checkpoint
   */
  static WorkDirectory open(
      Optional<String> uri, Configuration conf, HfConfig config, Consumer<String> progress) {
    try {
      Path folder =
          uri.isPresent()
              ? new Path(uri.get())
              : new Path(java.nio.file.Files.createTempDirectory("promptmill-benchmark").toUri());
      FileSystem fileSystem = folder.getFileSystem(conf);
      WorkDirectory work = new WorkDirectory(folder, fileSystem, uri.isEmpty());
      try {
        work.provide(conf, config, progress);
        return work;
      } catch (RuntimeException | IOException e) {
        work.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uri() {
    return folder.toString();
  }

  private void provide(Configuration conf, HfConfig config, Consumer<String> progress)
      throws IOException {
    if (fileSystem.exists(new Path(folder, "config.json"))) {
      try (CheckpointDirectory found = CheckpointDirectory.open(uri(), conf)) {
        requireSame(config, found.config());
      }
      progress.accept("checkpoint found in " + folder);
      return;
    }
    progress.accept("writing a random checkpoint to " + folder);
    long start = System.nanoTime();
    long bytes = RandomCheckpoint.write(uri(), conf, config, SEED);
    progress.accept(
        "wrote %.2f GB in %.1f s".formatted(bytes / 1e9, (System.nanoTime() - start) / 1e9));
  }

  private void requireSame(HfConfig wanted, HfConfig found) {
    if (!wanted.toJson().equals(found.toJson())) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          ("--work-dir: expected no checkpoint or the benchmark's own of %d layers in %s, found"
                  + " another config.json, of %s layers")
              .formatted(
                  wanted.integer("num_hidden_layers"),
                  folder,
                  found.optionalInteger("num_hidden_layers").orElse(0)));
    }
  }

  @Override
  public void close() {
    if (temporary) {
      try {
        fileSystem.delete(folder, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
