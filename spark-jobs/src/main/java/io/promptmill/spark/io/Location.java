package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a URI of the user names.
 *
 * @param fileSystem Hadoop's shared instance
 * @param path qualified
 */
public record Location(FileSystem fileSystem, Path path) {
  private static final int MAX_TEXT_BYTES = 1 << 20;

  /**
   * Reads nothing yet.
   *
   * @param option that gave the URI, for errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the URI is malformed or
   *     its file system cannot be used, such as one whose connector is not on the class path
   */
  public static Location of(String option, String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem fileSystem = path.getFileSystem(hadoop);
      return new Location(fileSystem, fileSystem.makeQualified(path));
    } catch (IOException | RuntimeException e) {
      // Hadoop reports a missing connector class as a bare RuntimeException.
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: expected the URI of a reachable file system, found '%s': %s"
              .formatted(option, uri, e.getMessage()),
          e);
    }
  }

  /** The file system without Hadoop's hidden checksum files beside local ones, which people see. */
  public static FileSystem withoutChecksumFiles(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /** Writes a text as UTF-8, in place of what is there. */
  public void write(String text) throws IOException {
    try (OutputStream out = withoutChecksumFiles(fileSystem).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What is under this folder. */
  public Location child(String name) {
    return new Location(fileSystem, new Path(path, name));
  }

  /**
   * Text of a small file.
   *
   * @param option that gave the URI, for errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it cannot be read, is
   *     larger than 1 MiB or is not UTF-8
   */
  public String text(String option) {
    try (FSDataInputStream in = fileSystem.open(path)) {
      byte[] bytes = in.readNBytes(MAX_TEXT_BYTES + 1);
      if (bytes.length > MAX_TEXT_BYTES) {
        throw new IOException("it is larger than " + MAX_TEXT_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IOException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: expected a readable text file at '%s', found: %s".formatted(option, path, e),
          e);
    }
  }
}
