package io.promptmill.spark.job;

import io.promptmill.spark.conf.EvaluationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.result.RunInfo;
import io.promptmill.spark.eval.run.EvaluationRun;
import io.promptmill.spark.eval.run.Journal;
import io.promptmill.spark.eval.run.RunSettings;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskRun;
import io.promptmill.spark.executor.ModelFacts;
import io.promptmill.spark.plan.RowCounts;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.spark.report.ProgressBoard;
import io.promptmill.spark.report.ProgressListener;
import io.promptmill.udf.CheckpointFacts;
import io.promptmill.udf.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.sql.classic.SparkSession;

/** One model's turn: it is asked, and its answers are scored. */
final class ModelEvaluation {

  /** Positions that lm-evaluation-harness takes where a checkpoint does not say. */
  private static final int DEFAULT_MAX_LENGTH = 2048;

  /**
   * What came of it.
   *
   * @param rows that the model answered in this run
   * @param counts of them
   */
  record Result(RunInfo info, Scores scores, int rows, RowCounts counts) {

    long failed() {
      return scores.tasks().stream().mapToLong(task -> task.sanity().failed()).sum();
    }
  }

  private final JobContext context;
  private final EvaluationPlan plan;
  private final Optional<Journal> journal;

  /**
   * @param journal shared by all models of the run
   */
  ModelEvaluation(JobContext context, EvaluationPlan plan, Optional<Journal> journal) {
    this.context = context;
    this.plan = plan;
    this.journal = journal;
  }

  /**
   * @param uri of the checkpoint, as given
   */
  Result run(String uri, CheckpointFacts checkpoint) {
    PromptmillConf conf = context.conf();
    SparkSession spark = context.session().get();
    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "promptmill evaluate " + uri);
    EvaluationRun run =
        EvaluationRun.prepare(settings(uri, checkpoint, counts), plan.items(), journal);
    int remaining = run.remaining();
    context.err().println(announcement(uri, run));
    List<ItemOutcome> outcomes;
    try (ProgressListener progress =
        new ProgressListener(
            ProgressBoard.get(),
            context.err(),
            System.getenv("PROMPTMILL_TTY") != null,
            OptionalLong.of(remaining),
            Duration.ofSeconds(conf.get(PromptmillKeys.PROGRESS_SECONDS)))) {
      outcomes = run.execute(spark);
    }
    Scores scores = score(outcomes, checkpoint);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    RunInfo info = info(uri, checkpoint, counts.value(), started, seconds);
    return new Result(info, scores, remaining, counts.value());
  }

  private String announcement(String uri, EvaluationRun run) {
    int done = run.requests() - run.remaining();
    return "%s: %,d items of %d tasks, %,d requests%s"
        .formatted(
            uri,
            plan.items().size(),
            plan.tasks().size(),
            run.requests(),
            done == 0 ? "" : ", %,d of them answered by an earlier run".formatted(done));
  }

  private RunSettings settings(
      String uri, CheckpointFacts checkpoint, RowCountsAccumulator counts) {
    PromptmillConf conf = context.conf();
    ModelSpec model =
        new ModelSpec(
            uri,
            conf.get(PromptmillKeys.DTYPE),
            conf.get(PromptmillKeys.DEVICES),
            conf.get(PromptmillKeys.CACHE_BYTES),
            conf.get(PromptmillKeys.MAX_STEP_TOKENS),
            conf.get(PromptmillKeys.MAX_RUNNING),
            conf.find(EvaluationKeys.MAX_LENGTH).orElse(0),
            conf.get(PromptmillKeys.THREADS),
            conf.get(PromptmillKeys.PREFIX_CACHE));
    return new RunSettings(
        model,
        checkpoint.revision(),
        conf.get(EvaluationKeys.SEED),
        optional(conf.find(PromptmillKeys.PARTITIONS)),
        conf.get(PromptmillKeys.BATCH_ROWS),
        conf.get(PromptmillKeys.BATCHES_IN_FLIGHT),
        context.opener(),
        counts);
  }

  /** Outcomes come in the order of the plan. */
  private Scores score(List<ItemOutcome> outcomes, CheckpointFacts checkpoint) {
    List<TaskRun> runs = new ArrayList<>();
    int from = 0;
    for (EvaluationPlan.Questions task : plan.tasks()) {
      int to = from + task.items().size();
      runs.add(
          new TaskRun(
              task.task(),
              task.shots(),
              task.documents(),
              outcomes.subList(from, to).stream()
                  .map(outcome -> RenderedItems.of(outcome, checkpoint))
                  .toList()));
      from = to;
    }
    return Scores.of(runs, plan.groups(), context.conf().get(EvaluationKeys.BOOTSTRAP_ITERS));
  }

  private RunInfo info(
      String uri, CheckpointFacts checkpoint, RowCounts counts, Instant started, double seconds) {
    PromptmillConf conf = context.conf();
    int ownLimit = checkpoint.maxPositions().orElse(DEFAULT_MAX_LENGTH);
    int maxLength = conf.find(EvaluationKeys.MAX_LENGTH).orElse(ownLimit);
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("max_length", maxLength);
    boolean chat = conf.get(EvaluationKeys.APPLY_CHAT_TEMPLATE);
    return new RunInfo(
        Main.version(),
        uri,
        checkpoint.revision(),
        counts.models().stream()
            .map(ModelFacts::dtype)
            .findFirst()
            .orElse(conf.get(PromptmillKeys.DTYPE)),
        arguments,
        optional(conf.find(PromptmillKeys.LIMIT)),
        conf.get(EvaluationKeys.BOOTSTRAP_ITERS),
        conf.get(EvaluationKeys.SEED),
        maxLength,
        chat ? checkpoint.chatTemplate() : Optional.empty(),
        chat && EvaluationPlan.prompts(conf).fewshotAsMultiturn(),
        conf.find(EvaluationKeys.SYSTEM_INSTRUCTION),
        started,
        seconds);
  }

  private static OptionalInt optional(Optional<Integer> value) {
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }
}
