package io.promptmill.spark.eval.document;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * What was found of one split.
 *
 * @param patterns where it was looked for, below the suite's folder
 * @param files all shards in order; empty where there are none
 */
record SplitFiles(List<String> patterns, List<DataFile> files) {

  /**
   * @throws PromptmillException if the data set has no such split, the suite's URI cannot be used,
   *     or shards are missing
   */
  static SplitFiles find(
      DatasetDefinition dataset, String split, DataRoots roots, Configuration hadoop)
      throws IOException {
    List<String> patterns = patterns(dataset, split);
    Optional<String> uri = roots.uri(dataset.suite());
    if (uri.isEmpty()) {
      return new SplitFiles(patterns, List.of());
    }
    Location location = Location.of(roots.option(dataset.suite()), uri.get(), hadoop);
    if (FilePattern.isFile(location.fileSystem(), location.path())) {
      DataFile file = new DataFile(location.fileSystem(), location.path());
      return new SplitFiles(patterns, List.of(file));
    }
    for (String pattern : patterns) {
      List<DataFile> files = new FilePattern(pattern).find(location.fileSystem(), location.path());
      if (!files.isEmpty()) {
        Shards.requireAll(files);
        return new SplitFiles(patterns, files);
      }
    }
    return new SplitFiles(patterns, List.of());
  }

  private static List<String> patterns(DatasetDefinition dataset, String split) {
    List<String> patterns = dataset.files().get(split);
    if (patterns == null) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "data set %s: expected one of the splits %s, found '%s'"
              .formatted(dataset.suite(), new TreeSet<>(dataset.files().keySet()), split));
    }
    return patterns;
  }
}
