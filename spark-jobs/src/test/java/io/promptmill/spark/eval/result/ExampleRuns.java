package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskRun;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Two runs of invented models on the invented tasks, as {@code evaluate} would write them. */
final class ExampleRuns {
  static final Path FOLDER = Path.of("src", "test", "resources", "eval", "runs");
  static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final int ITERATIONS = 2500;

  private ExampleRuns() {}

  /** Writes both runs into the folder; run it from spark-jobs to renew the files in resources. */
  static void write(Path folder) throws IOException {
    HarnessRun harness = HarnessRun.load();
    write(folder, "models/mill-a", harness, harness.runs());
    write(
        folder, "models/mill-b", harness, harness.runs().stream().map(ExampleRuns::other).toList());
  }

  private static void write(Path folder, String model, HarnessRun harness, List<TaskRun> runs)
      throws IOException {
    RawLocalFileSystem local = new RawLocalFileSystem();
    local.initialize(folder.toUri(), new Configuration(false));
    Location output =
        new Location(local, new org.apache.hadoop.fs.Path(folder.toAbsolutePath().toUri()));
    ResultFiles.write(output, run(model), Scores.of(runs, harness.groups(), ITERATIONS), WRITTEN);
  }

  static RunInfo run(String model) {
    return new RunInfo(
        "0.1.0",
        model,
        "sha256:0f1e2d3c",
        "float32",
        Map.of("max_length", 2048),
        OptionalInt.empty(),
        ITERATIONS,
        1234,
        2048,
        Optional.empty(),
        false,
        Optional.empty(),
        WRITTEN,
        12.5);
  }

  /** The same questions with other answers: one failed, one prompt truncated, others likelier. */
  private static TaskRun other(TaskRun run) {
    List<ItemOutcome> outcomes = new ArrayList<>();
    for (ItemOutcome outcome : run.outcomes()) {
      boolean last = outcomes.size() == run.outcomes().size() - 1;
      ModelAnswer answer = outcome.answer();
      if (last && run.task().name().equals("world_rivers")) {
        answer = new ModelAnswer.Failed("PROMPT_TOO_LONG", "2100 tokens, the cache has 2048");
      } else if (answer instanceof ModelAnswer.Loglikelihoods pairs) {
        answer = new ModelAnswer.Loglikelihoods(reversed(pairs.likelihoods()));
      } else if (answer instanceof ModelAnswer.Rolling rolling) {
        answer = new ModelAnswer.Rolling(rolling.sum() * 0.875);
      } else if (answer instanceof ModelAnswer.Texts && last) {
        answer = new ModelAnswer.Texts(List.of(" #### 9"));
      }
      long truncated = last && run.task().name().equals("sums") ? 17 : 0;
      outcomes.add(
          new ItemOutcome(
              outcome.item(), answer, new ItemOutcome.TokenUse(40, 30, 90, truncated, 4)));
    }
    return new TaskRun(run.task(), run.numFewshot(), run.documents(), outcomes);
  }

  private static List<ModelAnswer.Likelihood> reversed(List<ModelAnswer.Likelihood> likelihoods) {
    List<ModelAnswer.Likelihood> reversed = new ArrayList<>(likelihoods);
    Collections.reverse(reversed);
    return reversed;
  }

  public static void main(String[] arguments) throws IOException {
    write(FOLDER);
  }
}
