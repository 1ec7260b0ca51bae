package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.plan.InferCall;
import io.promptmill.spark.plan.Inference;
import io.promptmill.spark.plan.OrderByPrefix;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ResultSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * One model's answers to items. Equal questions are asked once; what the journal knows is not asked
 * again; the rest becomes one Spark job for each kind of inference and each set of generation
 * settings, its rows ordered by prefix.
 */
public final class EvaluationRun {

  /** What an item asks, and the keys of that. */
  private record Asked(EvaluationItem item, Asks asks, List<String> keys) {}

  private final RunSettings settings;
  private final Optional<Journal> journal;
  private final List<Asked> items = new ArrayList<>();
  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<InferSpec, Map<String, Ask>> missing = new LinkedHashMap<>();
  private int requests;
  private int remaining;

  private EvaluationRun(RunSettings settings, Optional<Journal> journal) {
    this.settings = settings;
    this.journal = journal;
  }

  /**
   * Works out what there is to ask; no job runs yet.
   *
   * @param journal what earlier runs found out and this one will; empty to keep nothing
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if generation
   *     settings of an item do not hold up
   */
  public static EvaluationRun prepare(
      RunSettings settings, List<EvaluationItem> items, Optional<Journal> journal) {
    EvaluationRun run = new EvaluationRun(settings, journal);
    items.forEach(run::add);
    return run;
  }

  private void add(EvaluationItem item) {
    Asks asks = Asks.of(item.call(), settings.seed());
    List<String> keys = new ArrayList<>();
    for (Ask ask : asks.asks()) {
      String key = AskKey.of(settings.model(), settings.revision(), ask);
      keys.add(key);
      InferSpec spec = AskRows.spec(ask);
      if (answers.containsKey(key) || missing.getOrDefault(spec, Map.of()).containsKey(key)) {
        continue;
      }
      requests++;
      Optional<Answer> known = journal.flatMap(each -> each.find(key));
      if (known.isPresent()) {
        answers.put(key, known.get());
      } else {
        remaining++;
        missing.computeIfAbsent(spec, none -> new LinkedHashMap<>()).put(key, ask);
      }
    }
    items.add(new Asked(item, asks, keys));
  }

  /** Rows that the items come to, equal ones once. */
  public int requests() {
    return requests;
  }

  /** Those of them that are not answered yet. */
  public int remaining() {
    return remaining;
  }

  /**
   * Asks what is missing; answers are in the journal as soon as their partition is done, so that
   * little is lost if this run ends early.
   *
   * @return one outcome for each item, in order
   */
  public List<ItemOutcome> execute(SparkSession spark) {
    missing.forEach((spec, asks) -> ask(spark, spec, asks));
    missing.clear();
    Outcomes outcomes = new Outcomes(answers);
    return items.stream().map(each -> outcomes.of(each.item(), each.asks(), each.keys())).toList();
  }

  private void ask(SparkSession spark, InferSpec spec, Map<String, Ask> asks) {
    int parallelism = spark.sparkContext().defaultParallelism();
    int partitions =
        settings.partitions().orElse(OrderByPrefix.partitions(asks.size(), parallelism));
    InferCall call =
        new InferCall(
            settings.model(),
            spec,
            settings.opener(),
            settings.batchRows(),
            settings.batchesInFlight(),
            false,
            true,
            settings.counts());
    Dataset<Row> rows = OrderByPrefix.apply(AskRows.table(spark, asks), spec, partitions);
    String result = ResultSchemas.of(spec).getFields().get(0).getName();
    Dataset<Row> answered = Inference.apply(rows, call).select(AskRows.KEY, result);
    PartitionedRun.run(answered.toJavaRDD().rdd(), this::take);
  }

  private void take(List<KeyedAnswer> finished) {
    finished.forEach(each -> answers.put(each.key(), each.answer()));
    if (journal.isPresent()) {
      try {
        journal.get().append(finished);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
