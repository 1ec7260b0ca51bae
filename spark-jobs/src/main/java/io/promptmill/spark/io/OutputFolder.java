package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder to write to, with a report beside the data. A folder that a failed job left empty counts
 * as absent.
 *
 * @param exists whether it is there and is to be replaced
 */
public record OutputFolder(Location location, boolean exists) {
  /** Spark's readers pass over names that begin with an underscore. */
  private static final String REPORT = "_promptmill/report.json";

  /**
   * The output that the options name, if they do; writes nothing.
   *
   * @param inputFiles URIs of files that must not be overwritten; of tables, queries and globs too
   *     only the files themselves tell
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it exists or holds the
   *     input
   * @throws IOException if the file system fails
   */
  public static Optional<OutputFolder> open(
      PromptmillConf conf, Supplier<String[]> inputFiles, Configuration hadoop) throws IOException {
    Optional<String> output = conf.find(PromptmillKeys.OUTPUT);
    if (output.isEmpty()) {
      return Optional.empty();
    }
    Location location = Location.of(PromptmillKeys.OUTPUT.option(), output.get(), hadoop);
    Path path = location.path();
    FileSystem fs = location.fileSystem();
    boolean overwrite = conf.get(PromptmillKeys.OVERWRITE);
    boolean exists = fs.exists(path);
    if (overwrite && exists) {
      requireOutside(path, inputFiles.get());
    }
    if (exists && !overwrite && !isEmptyFolder(fs, path)) {
      throw invalid(
          "--output: expected a folder that does not exist, found '%s'; --overwrite replaces it"
              .formatted(path));
    }
    return Optional.of(new OutputFolder(location, exists));
  }

  private static void requireOutside(Path folder, String[] inputFiles) {
    for (String file : inputFiles) {
      Path inputFile = new Path(URI.create(file));
      if (contains(folder, inputFile)) {
        throw invalid("--overwrite would delete the input '%s'".formatted(inputFile));
      }
    }
  }

  private static boolean contains(Path folder, Path path) {
    for (Path up = path; up != null; up = up.getParent()) {
      if (up.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmptyFolder(FileSystem fs, Path path) throws IOException {
    FileStatus status = fs.getFileStatus(path);
    return status.isDirectory() && fs.listStatus(path).length == 0;
  }

  public Path path() {
    return location.path();
  }

  /**
   * Puts a report beside the data.
   *
   * @return where it is
   */
  public Path writeReport(String json) throws IOException {
    Location report = location.child(REPORT);
    report.write(json);
    return report.path();
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
