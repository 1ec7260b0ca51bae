package io.promptmill.spark.eval.report.run;

import io.promptmill.spark.eval.report.run.TaskRun.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads runs of ours and of lm-evaluation-harness 0.4.13. */
public final class RunReader {
  private static final String INVALID = "[invalid]";

  private RunReader() {}

  /**
   * Reads the newest run of a folder, or the run whose file of scores is given.
   *
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if there is no run
   *     or one of its files is malformed; the message names file and line
   */
  public static Run read(FileSystem fileSystem, Path path) throws IOException {
    RunFiles files = RunFiles.find(fileSystem, path);
    Place place = new Place(files.results().toString(), 0);
    ResultsFile results = new ResultsFile(place, text(fileSystem, files.results()));
    List<String> names = results.tasks();
    for (String logged : files.samples().keySet()) {
      if (!names.contains(logged)) {
        throw place.expected(
            "results of task '" + logged + "', which has a file of samples", "none", null);
      }
    }
    List<TaskRun> tasks = new ArrayList<>();
    for (String name : names) {
      Path logged = files.samples().get(name);
      List<Sample> samples = logged == null ? List.of() : SamplesFile.read(fileSystem, logged);
      tasks.add(
          new TaskRun(
              name,
              results.alias(name),
              results.version(name),
              results.fewShot(name),
              counts(results, name, samples),
              results.scores(name),
              samples));
    }
    return new Run(files.results().toString(), results.facts(), tasks, results.groups());
  }

  private static String text(FileSystem fileSystem, Path path) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the harness does not count is counted here, where its samples show it. */
  private static Counts counts(ResultsFile results, String task, List<Sample> samples) {
    OptionalInt items = results.ownCount(task, "items");
    return new Counts(
        items.orElse(results.items(task).orElse(samples.size())),
        results.ownCount(task, "failed"),
        results.ownCount(task, "truncated_prompts"),
        items.isPresent()
            ? results.ownCount(task, "empty_answers")
            : generated(samples, sample -> sample.texts().stream().anyMatch(String::isBlank)),
        items.isPresent()
            ? results.ownCount(task, "invalid_extractions")
            : generated(
                samples,
                sample ->
                    sample.filtered().stream().anyMatch(view -> view.answer().equals(INVALID))));
  }

  private static OptionalInt generated(List<Sample> samples, Predicate<Sample> which) {
    return samples.stream().allMatch(sample -> sample.texts().isEmpty())
        ? OptionalInt.empty()
        : OptionalInt.of((int) samples.stream().filter(which).count());
  }
}
