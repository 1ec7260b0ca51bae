package io.promptmill.spark.classification;

import io.promptmill.spark.report.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One label for each text against the right one. Executors read the results once, and once more
 * where gold values are no label; counts alone come back.
 */
final class SingleLabelQuality {
  /** As scikit-learn's log loss does: a certain and wrong answer costs much, and not everything. */
  private static final double LEAST_PROBABILITY = 1e-15;

  private SingleLabelQuality() {}

  static Quality of(Dataset<Row> results, List<String> labels, Gold gold) {
    Column names = functions.lit(labels.toArray(String[]::new));
    Dataset<Row> rows = rows(results, names, gold);
    List<Row> counts =
        rows.groupBy("gold_index", "outcome", "label_index", "bin", "right")
            .agg(
                functions.count(functions.lit(1)).as("rows"),
                functions.sum("probability").as("probability"),
                functions.sum("loss").as("loss"))
            .collectAsList();
    List<Row> ofGold = counts.stream().filter(count -> count.get(0) != null).toList();
    long all = counts.stream().mapToLong(count -> count.getAs("rows")).sum();
    long withGold = ofGold.stream().mapToLong(count -> count.getAs("rows")).sum();
    ConfusionMatrix matrix = ConfusionMatrix.of(labels, ofGold);
    OtherGold other =
        matrix.otherGold() == 0
            ? OtherGold.NONE
            : OtherGold.of(rows.filter(functions.col("gold_index").equalTo(0)), "gold");
    List<Row> answered = ofGold.stream().filter(count -> count.getAs("bin") != null).toList();
    Calibration calibration =
        Calibration.of(answered.stream().map(SingleLabelQuality::bin).toList());
    double loss = answered.stream().mapToDouble(count -> count.getAs("loss")).sum();
    return measured(matrix, calibration, loss, other, all - withGold, gold);
  }

  private static Dataset<Row> rows(Dataset<Row> results, Column names, Gold gold) {
    Column result = functions.col(ResultColumn.NAME);
    Column ofGold = functions.col("of_gold");
    Column scored =
        functions.col("gold_index").gt(0).and(functions.col("top_probability").isNotNull());
    // A row that abstained has no label: the right one was likeliest if nothing was likelier.
    Column right =
        functions.coalesce(
            functions.col("label_index").equalTo(functions.col("gold_index")),
            ofGold.geq(functions.col("top_probability")));
    Column surprise =
        functions.negate(
            functions.log(functions.greatest(ofGold, functions.lit(LEAST_PROBABILITY))));
    return results
        .select(
            gold.one().as("gold"),
            functions.array_position(names, gold.one()).as("gold_index"),
            functions
                .when(result.getField("error").isNotNull(), ConfusionMatrix.FAILED)
                .when(result.getField("abstained"), ConfusionMatrix.ABSTAINED)
                .otherwise(ConfusionMatrix.LABEL)
                .as("outcome"),
            functions.array_position(names, result.getField("label")).as("label_index"),
            result.getField("probability").as("top_probability"),
            functions.element_at(result.getField("probabilities"), gold.one()).as("of_gold"))
        .withColumn("probability", functions.when(scored, functions.col("top_probability")))
        .withColumn("bin", Calibration.bin(functions.col("probability")))
        .withColumn("right", functions.when(scored, right))
        .withColumn("loss", functions.when(scored, surprise));
  }

  private static Calibration.Bin bin(Row count) {
    long rows = count.getAs("rows");
    return new Calibration.Bin(
        count.getAs("bin"),
        rows,
        count.getAs("probability"),
        count.<Boolean>getAs("right") ? rows : 0);
  }

  private static Quality measured(
      ConfusionMatrix matrix,
      Calibration calibration,
      double loss,
      OtherGold other,
      long withoutGold,
      Gold gold) {
    long scored = matrix.scored();
    List<LabelScore> scores = matrix.scores();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", "single_label");
    values.put("gold_column", gold.column());
    values.put("rows_scored", scored);
    values.put("rows_without_gold", withoutGold);
    values.put("rows_other_gold", matrix.otherGold());
    values.put("other_gold", other.values());
    values.put("rows_abstained", matrix.abstained());
    values.put("rows_failed", matrix.failed());
    List<String> lines = new ArrayList<>();
    lines.add(
        Tables.text(
            "quality against column '%s': %,d rows with a label as gold value, %,d without a value%s",
            gold.column(), scored, withoutGold, other.text(matrix.otherGold())));
    if (scored == 0) {
      return new Quality(lines, values);
    }
    values.put("accuracy", LabelScore.ratio(matrix.right(), scored));
    values.put("coverage", LabelScore.ratio(matrix.covered(), scored));
    values.put("accuracy_covered", LabelScore.ratio(matrix.right(), matrix.covered()));
    values.put("macro_precision", LabelScore.macro(scores, LabelScore::precision));
    values.put("macro_recall", LabelScore.macro(scores, LabelScore::recall));
    values.put("macro_f1", LabelScore.macro(scores, LabelScore::f1));
    values.put("micro_f1", LabelScore.micro(scores).f1());
    if (calibration.count() > 0) {
      values.put("log_loss", loss / calibration.count());
    }
    values.put("expected_calibration_error", calibration.expectedError());
    values.put("labels", scores.stream().map(LabelScore::values).toList());
    values.put("confusion_matrix", matrix.values());
    values.put("calibration_bins", calibration.values());
    lines.addAll(matrix.table());
    lines.addAll(Tables.scores(scores));
    lines.add(
        Tables.text(
            "accuracy %.4f; coverage %.4f, accuracy on covered rows %.4f; F1 macro %.4f, micro %.4f",
            values.get("accuracy"),
            values.get("coverage"),
            values.get("accuracy_covered"),
            values.get("macro_f1"),
            values.get("micro_f1")));
    lines.addAll(calibration.table("rows", "accuracy"));
    lines.add(
        Tables.text(
            "expected calibration error %.4f, log loss %.4f",
            values.get("expected_calibration_error"), values.getOrDefault("log_loss", Double.NaN)));
    return new Quality(lines, values);
  }
}
