package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;

/** A checkpoint in a folder of any Hadoop file system. */
final class HadoopFolder implements CheckpointFiles {
  private final FileSystem fileSystem;
  private final Path folder;

  private HadoopFolder(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the URI is malformed, its
   *     scheme has no file system, or it is not a folder
   */
  static HadoopFolder open(String uri, Configuration conf) {
    FileSystem fileSystem = fileSystem(uri, conf);
    Path folder = fileSystem.makeQualified(new Path(uri));
    try {
      if (fileSystem.getFileStatus(folder).isDirectory()) {
        return new HadoopFolder(fileSystem, folder);
      }
    } catch (FileNotFoundException e) {
      throw unusable(uri, "expected a folder, found nothing" + EmbeddedModels.hint(), e);
    } catch (IOException e) {
      throw unusable(uri, "expected a folder that can be read, found " + e, e);
    }
    throw unusable(uri, "expected a folder, found a file", null);
  }

  /**
   * The file system that the URI names.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the URI is malformed or
   *     its scheme has no file system on the class path
   */
  static FileSystem fileSystem(String uri, Configuration conf) {
    try {
      return new Path(uri).getFileSystem(conf);
    } catch (IOException | RuntimeException e) {
      // Hadoop reports a missing connector class as a bare RuntimeException.
      throw unusable(uri, "expected the URI of a reachable file system, found " + e, e);
    }
  }

  private static PromptmillException unusable(String uri, String why, Throwable cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "checkpoint " + uri + ": " + why, cause);
  }

  @Override
  public String uri() {
    return folder.toString();
  }

  @Override
  public Optional<CheckpointFile> find(String name) throws IOException {
    Path path = new Path(folder, name);
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    if (!status.isFile()) {
      return Optional.empty();
    }
    CheckpointFile.Opener opener =
        // The checksum layer over local files serialises reads and copies; the channel does
        // neither.
        fileSystem instanceof LocalFileSystem local
            ? () -> RangeReader.local(local.pathToFile(path).toPath())
            : () -> stream(status);
    return Optional.of(new CheckpointFile(name, status.getLen(), opener));
  }

  private RangeReader stream(FileStatus status) throws IOException {
    try {
      return RangeReader.stream(
          fileSystem
              .openFile(status.getPath())
              .withFileStatus(status)
              .opt(
                  OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                  OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM)
              .build()
              .get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while opening " + status.getPath());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /** The file system is Hadoop's shared instance and stays open. */
  @Override
  public void close() {}
}
