package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.EvaluationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.eval.result.ScoreTable;
import io.promptmill.spark.eval.run.Journal;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.io.TablePrinter;
import io.promptmill.udf.CheckpointFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;

/** Evaluates models on suites of tasks. */
final class EvaluateJob implements Job {
  private static final int WIDEST = 64;

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "Evaluates models on suites such as mmlu and gsm8k, with lm-evaluation-harness's prompts"
        + " and scores. A run that was interrupted goes on where it was if it is started again.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.EVALUATE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    PromptmillConf conf = context.conf();
    if (conf.get(EvaluationKeys.LIST_TASKS)) {
      list(context);
      return;
    }
    List<String> models = conf.get(EvaluationKeys.MODELS);
    if (conf.find(EvaluationKeys.TASKS).isEmpty()) {
      throw invalid("--tasks: expected names of tasks, found none (--list-tasks lists them)");
    }
    SparkSession spark = context.session().get();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Optional<EvaluationOutput> output = EvaluationOutput.open(conf, hadoop);
    TaskCatalog catalog = catalog(conf, hadoop);
    Map<String, CheckpointFacts> checkpoints = checkpoints(models, conf, hadoop);
    EvaluationPlan plan =
        EvaluationPlan.of(catalog.select(conf.get(EvaluationKeys.TASKS)), conf, hadoop);
    Optional<Journal> journal = Optional.empty();
    if (output.isPresent()) {
      journal =
          Optional.of(
              output.get().journal(conf.get(PromptmillKeys.OVERWRITE), context.err()::println));
    }
    ModelEvaluation evaluation = new ModelEvaluation(context, plan, journal);
    EvaluationReports reports = new EvaluationReports(context, output);
    for (Map.Entry<String, CheckpointFacts> model : checkpoints.entrySet()) {
      ModelEvaluation.Result result = evaluation.run(model.getKey(), model.getValue());
      context.out().print(ScoreTable.print(result.scores()));
      reports.add(result);
    }
    reports.finish(spark);
  }

  private static TaskCatalog catalog(PromptmillConf conf, Configuration hadoop) {
    return TaskCatalog.load(
        conf.find(EvaluationKeys.INCLUDE_PATH).orElse(List.of()), hadoop, new KnownScoring());
  }

  /** Each model once, in the order given; what is wrong with the last shows before the first. */
  private static Map<String, CheckpointFacts> checkpoints(
      List<String> uris, PromptmillConf conf, Configuration hadoop) {
    Map<String, CheckpointFacts> checkpoints = new LinkedHashMap<>();
    for (String uri : uris) {
      CheckpointFacts checkpoint = CheckpointFacts.read(uri, hadoop);
      if (conf.get(EvaluationKeys.APPLY_CHAT_TEMPLATE) && checkpoint.chatTemplate().isEmpty()) {
        throw invalid(
            "--apply-chat-template: expected a checkpoint with a chat template, found none in '%s'"
                .formatted(uri));
      }
      checkpoints.put(uri, checkpoint);
    }
    return checkpoints;
  }

  private static void list(JobContext context) {
    Configuration hadoop =
        context.conf().isSet(EvaluationKeys.INCLUDE_PATH)
            ? context.session().get().sessionState().newHadoopConf()
            : new Configuration(false);
    List<List<String>> rows = new ArrayList<>();
    for (TaskCatalog.Listed each : catalog(context.conf(), hadoop).list()) {
      rows.add(
          List.of(
              each.name(),
              each.kind().name().toLowerCase(Locale.ROOT),
              each.version().orElse(""),
              each.fewShot().isPresent() ? String.valueOf(each.fewShot().getAsInt()) : "",
              each.file().orElse("")));
    }
    context
        .out()
        .print(
            TablePrinter.print(List.of("name", "kind", "version", "n-shot", "file"), rows, WIDEST));
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
