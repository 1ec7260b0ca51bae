package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.eval.run.Journal;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of evaluations: one folder for each model, and below {@code _promptmill} what makes
 * reruns cheap.
 */
record EvaluationOutput(Location location, Configuration hadoop) {
  private static final String ITEMS = "_promptmill/items";
  private static final String REPORT = "_promptmill/report.json";
  private static final String PAGE = "report.html";

  /**
   * The folder that the options name, if they do; changes nothing.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it is a file
   */
  static Optional<EvaluationOutput> open(PromptmillConf conf, Configuration hadoop)
      throws IOException {
    Optional<String> uri = conf.find(PromptmillKeys.OUTPUT);
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    Location location = Location.of(PromptmillKeys.OUTPUT.option(), uri.get(), hadoop);
    FileSystem fileSystem = location.fileSystem();
    if (fileSystem.exists(location.path())
        && !fileSystem.getFileStatus(location.path()).isDirectory()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--output: expected a folder, found the file '%s'".formatted(location.path()));
    }
    return Optional.of(new EvaluationOutput(location, hadoop));
  }

  private Path path(String name) {
    return new Path(location.path(), name);
  }

  /**
   * Answers of earlier runs, and where those of this one go.
   *
   * @param anew whether those of earlier runs are deleted first; result files stay, each run's have
   *     other names
   */
  Journal journal(boolean anew, Consumer<String> notes) throws IOException {
    if (anew) {
      location.fileSystem().delete(path(ITEMS), true);
    }
    return Journal.open(path(ITEMS), hadoop, notes);
  }

  Path page() {
    return path(PAGE);
  }

  /**
   * @return where it is
   */
  Path writeReport(String json) throws IOException {
    Location report = location.child(REPORT);
    report.write(json);
    return report.path();
  }
}
