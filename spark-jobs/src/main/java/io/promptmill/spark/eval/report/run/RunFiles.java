package io.promptmill.spark.eval.report.run;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of one run.
 *
 * @param results scores
 * @param samples by task; files of the same date alone
 */
record RunFiles(Path results, Map<String, Path> samples) {
  private static final String RESULTS = "results_";
  private static final String SAMPLES = "samples_";
  private static final String JSON = ".json";
  private static final String JSONL = ".jsonl";

  /**
   * Finds the newest run of a folder, or of its only subfolder that has one, because the harness
   * makes a folder for each model; or the run of a file of scores.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is none or no single
   *     one
   */
  static RunFiles find(FileSystem fileSystem, Path path) throws IOException {
    FileStatus[] found;
    try {
      found = fileSystem.listStatus(path);
    } catch (FileNotFoundException e) {
      throw invalid(path, "nothing there", e);
    }
    if (found.length == 1
        && found[0].isFile()
        && found[0].getPath().getName().equals(path.getName())
        && !fileSystem.getFileStatus(path).isDirectory()) {
      if (!path.getName().endsWith(JSON) || path.getName().indexOf('_') < 0) {
        throw invalid(path, "a file of another name", null);
      }
      return of(found[0].getPath(), fileSystem.listStatus(found[0].getPath().getParent()));
    }
    Path newest = newest(found);
    if (newest != null) {
      return of(newest, found);
    }
    List<Path> folders = new ArrayList<>();
    for (FileStatus entry : found) {
      if (entry.isDirectory() && newest(fileSystem.listStatus(entry.getPath())) != null) {
        folders.add(entry.getPath());
      }
    }
    if (folders.size() != 1) {
      List<String> names = folders.stream().map(Path::getName).sorted().toList();
      throw invalid(path, names.isEmpty() ? "no such file" : "runs in the folders " + names, null);
    }
    FileStatus[] inside = fileSystem.listStatus(folders.get(0));
    return of(newest(inside), inside);
  }

  /** Dates in names sort as texts. */
  private static Path newest(FileStatus[] entries) {
    Path newest = null;
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isFile()
          && name.startsWith(RESULTS)
          && name.endsWith(JSON)
          && (newest == null || date(name).compareTo(date(newest.getName())) > 0)) {
        newest = entry.getPath();
      }
    }
    return newest;
  }

  private static RunFiles of(Path results, FileStatus[] siblings) {
    String end = "_" + date(results.getName()) + JSONL;
    Map<String, Path> samples = new TreeMap<>();
    for (FileStatus entry : siblings) {
      String name = entry.getPath().getName();
      if (name.startsWith(SAMPLES) && name.endsWith(end)) {
        samples.put(
            name.substring(SAMPLES.length(), name.length() - end.length()), entry.getPath());
      }
    }
    return new RunFiles(results, samples);
  }

  private static String date(String name) {
    return name.substring(name.lastIndexOf('_') + 1, name.length() - JSON.length());
  }

  private static PromptmillException invalid(Path path, String found, Throwable cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        path + ": expected a results_<date>.json or one folder with such files, found " + found,
        cause);
  }
}
