package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import io.promptmill.spark.io.Location;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a run's files where lm-evaluation-harness would: {@code
 * <output>/<model>/results_<date>.json} and one {@code samples_<task>_<date>.jsonl} for each task.
 */
public final class ResultFiles {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ResultFiles() {}

  /**
   * The results file is written last: where it is, the samples are whole. Tasks whose documents
   * have no answer give {@code submission_<date>.json} too.
   *
   * @param output folder; folders of models are made in it
   * @param written moment that names the files, in UTC
   * @return path of the results file
   * @throws IOException if a file cannot be written
   */
  public static Path write(Location output, RunInfo run, Scores scores, Instant written)
      throws IOException {
    FileSystem fileSystem = output.fileSystem();
    Path folder = new Path(output.path(), LmEvalResults.sanitized(run.model()));
    String date = DATE.format(written);
    for (TaskScore task : scores.tasks()) {
      Path path = new Path(folder, "samples_%s_%s.jsonl".formatted(task.name(), date));
      try (Writer out = open(fileSystem, path)) {
        for (SampleScore sample : task.samples()) {
          out.write(new SampleLine(sample).json());
          out.write('\n');
        }
      }
    }
    Optional<String> submission = Submission.json(scores);
    if (submission.isPresent()) {
      Path path = new Path(folder, "submission_" + date + ".json");
      write(fileSystem, path, submission.get());
    }
    Path results = new Path(folder, "results_" + date + ".json");
    write(fileSystem, results, new LmEvalResults(run, scores).json());
    return results;
  }

  private static void write(FileSystem fileSystem, Path path, String text) throws IOException {
    try (Writer out = open(fileSystem, path)) {
      out.write(text);
    }
  }

  private static Writer open(FileSystem fileSystem, Path path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            Location.withoutChecksumFiles(fileSystem).create(path, true), StandardCharsets.UTF_8));
  }
}
