package io.promptmill.spark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.spark.report.Quality;
import io.promptmill.spark.testing.LocalSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

/** Numbers that were worked out by hand; scikit-learn gives the same. */
class QualityTest {
  private static final List<String> LABELS = List.of("a", "b");

  private static Dataset<Row> single() {
    return LocalSpark.session()
        .sql(
            """
            SELECT gold, named_struct(
                'label', label,
                'probability', IF(failed, NULL, greatest(a, 1 - a)),
                'abstained', IF(failed, NULL, label IS NULL),
                'probabilities', IF(failed, NULL, map('a', a, 'b', 1 - a)),
                'error', IF(failed, named_struct('category', 'X', 'message', 'y'), NULL)
              ) AS classification
            FROM VALUES
              ('a',  'a',  0.75D, false),
              (' a', 'a',  1.0D,  false),
              ('a',  'b',  0.25D, false),
              ('b',  'b',  0.5D,  false),
              ('b',  NULL, 0.45D, false),
              ('b',  NULL, 0.0D,  true),
              ('c',  'a',  0.9D,  false),
              ('c',  NULL, 0.5D,  false),
              (NULL, 'a',  0.9D,  false),
              ('',   'a',  0.9D,  false)
            AS t(gold, label, a, failed)
            """);
  }

  @Test
  void ofOneLabelCountsAbstainedFailedAndForeignGoldApart() {
    Map<String, Object> values =
        SingleLabelQuality.of(single(), LABELS, new Gold("gold", ",")).values();

    assertThat(values)
        .containsEntry("rows_scored", 6L)
        .containsEntry("rows_without_gold", 2L)
        .containsEntry("rows_other_gold", 2L)
        .containsEntry("rows_abstained", 1L)
        .containsEntry("rows_failed", 1L)
        .containsEntry("other_gold", List.of(Map.of("value", "c", "count", 2L)));
    assertThat((Map<?, ?>) values.get("confusion_matrix"))
        .isEqualTo(
            Map.of(
                "labels", LABELS,
                "counts", List.of(List.of(2L, 1L), List.of(0L, 1L)),
                "abstained", List.of(0L, 1L),
                "failed", List.of(0L, 1L),
                "other_gold", Map.of("counts", List.of(1L, 0L), "abstained", 1L, "failed", 0L)));
  }

  @Test
  void ofOneLabelHasAccuracyCoverageF1AndLogLoss() {
    Map<String, Object> values =
        SingleLabelQuality.of(single(), LABELS, new Gold("gold", ",")).values();

    assertNumber(values, "accuracy", 3.0 / 6);
    assertNumber(values, "coverage", 4.0 / 6);
    assertNumber(values, "accuracy_covered", 3.0 / 4);
    assertNumber(values, "macro_f1", (4.0 / 5 + 2.0 / 5) / 2);
    assertNumber(values, "micro_f1", 6.0 / 10);
    assertNumber(
        values,
        "log_loss",
        -(Math.log(0.75) + Math.log(1) + Math.log(0.25) + Math.log(0.5) + Math.log(0.55)) / 5);
    assertThat((List<?>) values.get("labels"))
        .first()
        .isEqualTo(
            Map.of(
                "label",
                "a",
                "precision",
                1.0,
                "recall",
                2.0 / 3,
                "f1",
                4.0 / 5,
                "support",
                3L,
                "predicted",
                2L));
  }

  @Test
  void ofProbabilitiesIsMeasuredOnAbstainedRowsToo() {
    Map<String, Object> values =
        SingleLabelQuality.of(single(), LABELS, new Gold("gold", ",")).values();

    List<?> bins = (List<?>) values.get("calibration_bins");
    assertThat(bins).hasSize(10);
    assertThat(bins.get(5)).isEqualTo(bin(0.5, 0.6, 2, (0.5 + 0.55) / 2, 1.0));
    assertThat(bins.get(7)).isEqualTo(bin(0.7, 0.8, 2, 0.75, 0.5));
    assertThat(bins.get(9)).isEqualTo(bin(0.9, 1.0, 1, 1.0, 1.0));
    assertThat(((Map<?, ?>) bins.get(0)).get("accuracy")).isNull();
    assertNumber(values, "expected_calibration_error", (0.95 + 0.5) / 5);
  }

  private static Map<String, Object> bin(
      double from, double to, long count, double probability, double accuracy) {
    return Map.of(
        "from",
        from,
        "to",
        to,
        "count",
        count,
        "mean_probability",
        probability,
        "accuracy",
        accuracy);
  }

  private static Dataset<Row> multi() {
    return LocalSpark.session()
        .sql(
            """
                SELECT gold, named_struct(
                    'labels', IF(failed, NULL, labels),
                    'probabilities', map('a', a, 'b', b),
                    'error', IF(failed, named_struct('category', 'X', 'message', 'y'), NULL)
                  ) AS classification
                FROM VALUES
                  ('a; b',  array('a', 'b'),             0.9D, 0.8D, false),
                  ('a',     array('a', 'b'),             0.7D, 0.6D, false),
                  ('b;x;b', array(),                     0.1D, 0.4D, false),
                  ('',      CAST(array() AS ARRAY<STRING>), 0.2D, 0.1D, false),
                  ('a',     array(),                     0.0D, 0.0D, true),
                  (NULL,    array('a'),                  0.9D, 0.1D, false)
                AS t(gold, labels, a, b, failed)
                """);
  }

  @Test
  void ofSeveralLabelsCountsEachLabelAlone() {
    Quality quality = MultiLabelQuality.of(multi(), LABELS, new Gold("gold", ";"));

    Map<String, Object> values = quality.values();
    assertThat(values)
        .containsEntry("rows_scored", 4L)
        .containsEntry("rows_without_gold", 1L)
        .containsEntry("rows_failed", 1L)
        .containsEntry("other_gold", List.of(Map.of("value", "x", "count", 1L)));
    assertNumber(values, "exact_match", 2.0 / 4);
    assertNumber(values, "hamming_loss", 2.0 / 8);
    assertNumber(values, "micro_f1", 2 * 3.0 / (4 + 4));
    assertNumber(values, "macro_f1", (1.0 + 0.5) / 2);
    assertThat(quality.lines()).anyMatch(line -> line.contains("exact match 0.5000"));
  }

  @Test
  void takesNoWhiteSpaceAroundGoldValuesForAnotherLabel() {
    Dataset<Row> spaced =
        LocalSpark.session()
            .range(1)
            .selectExpr(
                "'\\t\u3000a; b\u00a0\\n' AS many",
                "array('a\\t') AS list",
                "'a\u00a0\\n' AS one",
                "'\\t' AS none");

    Row stripped =
        spaced
            .select(
                new Gold("many", ";").many(spaced.schema()),
                new Gold("list", ";").many(spaced.schema()),
                new Gold("one", ";").one(),
                new Gold("none", ";").one())
            .first();

    assertThat(stripped.getList(0)).isEqualTo(LABELS);
    assertThat(stripped.getList(1)).isEqualTo(List.of("a"));
    assertThat(stripped.getString(2)).isEqualTo("a");
    assertThat(stripped.isNullAt(3)).isTrue();
  }

  @Test
  void readsTheResultsOnceAndAgainOnlyToNameValuesThatAreNoLabel() {
    LongAccumulator read = LocalSpark.session().sparkContext().longAccumulator();
    Gold gold = new Gold("gold", ";");

    SingleLabelQuality.of(
        counted(single().filter("gold IS NULL OR gold <> 'c'"), read), LABELS, gold);
    assertThat(read.value()).isEqualTo(8);
    read.reset();
    MultiLabelQuality.of(
        counted(multi().filter("gold IS NULL OR gold <> 'b;x;b'"), read), LABELS, gold);
    assertThat(read.value()).isEqualTo(5);
    read.reset();
    MultiLabelQuality.of(counted(multi(), read), LABELS, gold);
    assertThat(read.value()).isEqualTo(12);
  }

  private static Dataset<Row> counted(Dataset<Row> rows, LongAccumulator read) {
    MapFunction<Row, Row> counting =
        row -> {
          read.add(1);
          return row;
        };
    return rows.map(counting, Encoders.row(rows.schema()));
  }

  @Test
  void ofRowsWithoutAnyGoldLabelIsSaidInOneLine() {
    Dataset<Row> rows = single().filter("gold = 'c'");

    Quality quality = SingleLabelQuality.of(rows, LABELS, new Gold("gold", ","));

    assertThat(quality.lines())
        .containsExactly(
            "quality against column 'gold': 0 rows with a label as gold value, 0 without a value;"
                + " 2 values are no label and do not count: c 2");
    assertThat(quality.values()).doesNotContainKey("accuracy");
  }

  private static void assertNumber(Map<String, Object> values, String key, double expected) {
    assertThat((Double) values.get(key)).as(key).isCloseTo(expected, within(1e-12));
  }
}
