package io.promptmill.spark.classification;

import io.promptmill.spark.report.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Any number of labels against the right ones, over rows that did not fail. Executors read the
 * results once, and once more where gold values are no label; counts alone come back.
 */
final class MultiLabelQuality {
  private static final String ANSWERED = "answered";
  private static final String FAILED = "failed";
  private static final String WITHOUT_GOLD = "without gold";

  private MultiLabelQuality() {}

  static Quality of(Dataset<Row> results, List<String> labels, Gold gold) {
    Column names = functions.lit(labels.toArray(String[]::new));
    Dataset<Row> rows = rows(results, names, gold);
    List<Row> counts = counts(rows, names);
    long others = sum(counts, count -> true, "others");
    OtherGold other =
        others == 0
            ? OtherGold.NONE
            : OtherGold.of(
                rows.filter(functions.col("outcome").equalTo(ANSWERED))
                    .select(functions.explode(functions.col("other_gold")).as("value")),
                "value");
    List<Row> asked = counts.stream().filter(count -> count.getAs("bin") != null).toList();
    return measured(
        new Rows(
            sum(counts, count -> first(count, ANSWERED), "count"),
            sum(counts, count -> first(count, WITHOUT_GOLD), "count"),
            sum(counts, count -> first(count, FAILED), "count"),
            sum(counts, count -> first(count, ANSWERED) && count.<Boolean>getAs("exact"), "count")),
        scores(asked, labels),
        Calibration.of(asked.stream().map(MultiLabelQuality::bin).toList()),
        other,
        others,
        gold);
  }

  /** Number of rows: scored, and of them all labels right. */
  private record Rows(long scored, long withoutGold, long failed, long exact) {}

  private static Dataset<Row> rows(Dataset<Row> results, Column names, Gold gold) {
    Column result = functions.col(ResultColumn.NAME);
    Column all = functions.col("all_gold");
    return results
        .select(
            gold.many(results.schema()).as("all_gold"),
            result.getField("labels").as("labels"),
            result.getField("probabilities").as("probabilities"),
            result.getField("error").isNotNull().as("failed"))
        .withColumn("gold", functions.array_intersect(all, names))
        .withColumn("other_gold", functions.array_except(all, names))
        .withColumn(
            "outcome",
            functions
                .when(all.isNull(), WITHOUT_GOLD)
                .when(functions.col("failed"), FAILED)
                .otherwise(ANSWERED));
  }

  /** Of answers for each label, and of rows at their first label, which all rows have. */
  private static List<Row> counts(Dataset<Row> rows, Column names) {
    Column answered = functions.col("outcome").equalTo(ANSWERED);
    Column first = functions.col("label_index").equalTo(0);
    Column gold = functions.col("gold");
    Column labels = functions.col("labels");
    Column label = functions.col("label");
    Column wrong =
        functions
            .size(functions.array_except(gold, labels))
            .plus(functions.size(functions.array_except(labels, gold)));
    return rows.select(
            functions.col("*"),
            functions
                .posexplode(functions.when(answered, names).otherwise(functions.slice(names, 1, 1)))
                .as(new String[] {"label_index", "label"}))
        .select(
            functions.col("outcome"),
            functions.col("label_index"),
            functions.when(answered.and(first), wrong.equalTo(0)).as("exact"),
            functions
                .when(answered.and(first), functions.size(functions.col("other_gold")))
                .as("others"),
            functions.when(answered, functions.array_contains(gold, label)).as("is_gold"),
            functions.when(answered, functions.array_contains(labels, label)).as("is_predicted"),
            functions
                .when(answered, functions.element_at(functions.col("probabilities"), label))
                .as("probability"))
        .withColumn("bin", Calibration.bin(functions.col("probability")))
        .groupBy("outcome", "label_index", "exact", "is_gold", "is_predicted", "bin")
        .agg(
            functions.count(functions.lit(1)).as("count"),
            functions.sum("probability").as("probability"),
            functions.coalesce(functions.sum("others"), functions.lit(0L)).as("others"))
        .collectAsList();
  }

  private static boolean first(Row count, String outcome) {
    return count.<Integer>getAs("label_index") == 0
        && count.<String>getAs("outcome").equals(outcome);
  }

  private static long sum(List<Row> counts, Predicate<Row> which, String field) {
    return counts.stream().filter(which).mapToLong(count -> count.getAs(field)).sum();
  }

  private static Calibration.Bin bin(Row count) {
    long answers = count.getAs("count");
    return new Calibration.Bin(
        count.getAs("bin"),
        answers,
        count.getAs("probability"),
        count.<Boolean>getAs("is_gold") ? answers : 0);
  }

  private static List<LabelScore> scores(List<Row> asked, List<String> labels) {
    long[][] counts = new long[labels.size()][3];
    for (Row count : asked) {
      long[] ofLabel = counts[count.<Integer>getAs("label_index")];
      long answers = count.getAs("count");
      boolean gold = count.getAs("is_gold");
      boolean predicted = count.getAs("is_predicted");
      ofLabel[0] += gold ? answers : 0;
      ofLabel[1] += predicted ? answers : 0;
      ofLabel[2] += gold && predicted ? answers : 0;
    }
    List<LabelScore> scores = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      scores.add(new LabelScore(labels.get(i), counts[i][0], counts[i][1], counts[i][2]));
    }
    return scores;
  }

  private static Quality measured(
      Rows rows,
      List<LabelScore> scores,
      Calibration calibration,
      OtherGold other,
      long others,
      Gold gold) {
    long scored = rows.scored;
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", "multi_label");
    values.put("gold_column", gold.column());
    values.put("rows_scored", scored);
    values.put("rows_without_gold", rows.withoutGold);
    values.put("rows_failed", rows.failed);
    values.put("other_gold_count", others);
    values.put("other_gold", other.values());
    List<String> lines = new ArrayList<>();
    lines.add(
        Tables.text(
            "quality against column '%s': %,d rows, %,d without a value, %,d failed%s",
            gold.column(), scored, rows.withoutGold, rows.failed, other.text(others)));
    if (scored == 0) {
      return new Quality(lines, values);
    }
    LabelScore micro = LabelScore.micro(scores);
    long wrong = micro.support() + micro.predicted() - 2 * micro.right();
    values.put("exact_match", LabelScore.ratio(rows.exact, scored));
    values.put("hamming_loss", LabelScore.ratio(wrong, scored * scores.size()));
    values.put("micro_precision", micro.precision());
    values.put("micro_recall", micro.recall());
    values.put("micro_f1", micro.f1());
    values.put("macro_precision", LabelScore.macro(scores, LabelScore::precision));
    values.put("macro_recall", LabelScore.macro(scores, LabelScore::recall));
    values.put("macro_f1", LabelScore.macro(scores, LabelScore::f1));
    values.put("expected_calibration_error", calibration.expectedError());
    values.put("labels", scores.stream().map(LabelScore::values).toList());
    values.put("calibration_bins", calibration.values());
    lines.addAll(Tables.scores(scores));
    lines.add(
        Tables.text(
            "exact match %.4f, Hamming loss %.4f; F1 macro %.4f, micro %.4f",
            values.get("exact_match"),
            values.get("hamming_loss"),
            values.get("macro_f1"),
            values.get("micro_f1")));
    lines.addAll(calibration.table("answers", "share with label"));
    lines.add(
        Tables.text("expected calibration error %.4f", values.get("expected_calibration_error")));
    return new Quality(lines, values);
  }
}
