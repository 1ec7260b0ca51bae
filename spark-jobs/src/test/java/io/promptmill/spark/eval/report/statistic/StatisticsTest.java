package io.promptmill.spark.eval.report.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All figures against SciPy's; see PROVENANCE.md beside them. */
class StatisticsTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private static JsonNode scipy;

  @BeforeAll
  static void readFigures() throws IOException {
    try (InputStream in =
        StatisticsTest.class.getResourceAsStream("/eval/report/statistics.json")) {
      scipy = new ObjectMapper().readTree(in);
    }
  }

  private static double[] doubles(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).doubleValue()).toArray();
  }

  private static void assertInterval(Interval interval, JsonNode expected) {
    assertThat(interval.low()).isCloseTo(expected.get("low").doubleValue(), EXACT);
    assertThat(interval.high()).isCloseTo(expected.get("high").doubleValue(), EXACT);
  }

  @Test
  void intervalsOfSharesAreWilsons() {
    assertThat(scipy.get("wilson")).isNotEmpty();
    for (JsonNode figure : scipy.get("wilson")) {
      assertInterval(
          Interval.wilson(figure.get("successes").longValue(), figure.get("trials").longValue()),
          figure);
    }
  }

  @Test
  void intervalsOfEstimatesAreNormal() {
    for (JsonNode figure : scipy.get("normal")) {
      assertInterval(
          Interval.normal(figure.get("estimate").doubleValue(), figure.get("error").doubleValue()),
          figure);
    }
  }

  @Test
  void mcNemarIsTheExactBinomialTestOfPairsThatDiffer() {
    assertThat(scipy.get("mcnemar")).hasSize(8);
    for (JsonNode figure : scipy.get("mcnemar")) {
      int gained = figure.get("gained").intValue();
      int lost = figure.get("lost").intValue();
      double p = figure.get("p").doubleValue();
      assertThat(McNemar.p(gained, lost)).as("%d, %d", gained, lost).isCloseTo(p, within(p * 1e-9));
      assertThat(McNemar.p(lost, gained)).isEqualTo(McNemar.p(gained, lost));
    }
  }

  @Test
  void pairedDifferencesAreStudents() {
    for (JsonNode figure : scipy.get("paired")) {
      double[] before = doubles(figure.get("before"));
      double[] after = doubles(figure.get("after"));
      double[] differences = new double[before.length];
      for (int i = 0; i < before.length; i++) {
        differences[i] = after[i] - before[i];
      }
      PairedDifference paired = PairedDifference.of(differences);
      assertThat(paired.pairs()).isEqualTo(before.length);
      assertThat(paired.mean()).isCloseTo(figure.get("mean").doubleValue(), EXACT);
      assertThat(paired.standardError())
          .isCloseTo(figure.get("standardError").doubleValue(), EXACT);
      assertThat(paired.p()).isCloseTo(figure.get("p").doubleValue(), within(1e-7));
      assertThat(paired.interval().low()).isCloseTo(figure.get("low").doubleValue(), within(1e-6));
      assertThat(paired.interval().high())
          .isCloseTo(figure.get("high").doubleValue(), within(1e-6));
    }
  }

  @Test
  void equalPairsDifferByNothingAndOnePairProvesNothing() {
    PairedDifference equal = PairedDifference.of(new double[] {0, 0, 0});
    assertThat(equal.p()).isOne();
    assertThat(equal.standardError()).isZero();
    PairedDifference single = PairedDifference.of(new double[] {0.5});
    assertThat(single.mean()).isEqualTo(0.5);
    assertThat(single.p()).isNaN();
  }

  @Test
  void holmCorrectsStepByStep() {
    double[] adjusted = Holm.adjust(doubles(scipy.get("holm").get("p")));
    assertThat(adjusted).containsExactly(doubles(scipy.get("holm").get("adjusted")), EXACT);
  }

  @Test
  void holmCountsNoTestThatIsNone() {
    assertThat(Holm.adjust(new double[] {0.02, Double.NaN, 0.04}))
        .containsExactly(new double[] {0.04, Double.NaN, 0.04}, EXACT);
  }

  @Test
  void confidencesAreASoftmax() {
    for (JsonNode figure : scipy.get("softmax")) {
      List<Double> sums = new ArrayList<>();
      figure.get("sums").forEach(sum -> sums.add(sum.doubleValue()));
      Confidence confidence = Confidence.of(sums);
      assertThat(confidence.chosen()).isEqualTo(figure.get("chosen").intValue());
      assertThat(confidence.probability())
          .isCloseTo(figure.get("probability").doubleValue(), EXACT);
      assertThat(confidence.margin()).isCloseTo(figure.get("margin").doubleValue(), EXACT);
    }
  }

  @Test
  void theFirstOfEqualChoicesIsChosen() {
    Confidence confidence = Confidence.of(List.of(-2.0, -1.0, -1.0, Double.NEGATIVE_INFINITY));
    assertThat(confidence.chosen()).isEqualTo(1);
    assertThat(confidence.probability()).isCloseTo(1 / (2 + Math.exp(-1)), EXACT);
    assertThat(confidence.margin()).isZero();
  }

  @Test
  void calibrationIsThatOfTenBins() {
    JsonNode figures = scipy.get("calibration");
    Calibration calibration = new Calibration();
    for (int i = 0; i < figures.get("right").size(); i++) {
      calibration.add(
          figures.get("confidence").get(i).doubleValue(),
          figures.get("right").get(i).booleanValue());
    }
    assertThat(calibration.items()).isEqualTo(300);
    assertThat(calibration.expectedError())
        .isCloseTo(figures.get("expectedError").doubleValue(), EXACT);
    assertThat(calibration.bins().stream().mapToDouble(Calibration.Bin::items).toArray())
        .containsExactly(doubles(figures.get("counts")));
  }

  @Test
  void fullConfidenceFallsInTheLastBin() {
    Calibration calibration = new Calibration();
    calibration.add(1, true);
    assertThat(calibration.bins().get(9)).isEqualTo(new Calibration.Bin(1, 1, 1));
  }

  @Test
  void binsAreRoundAndCoverEveryValue() {
    List<Long> values = List.of(103L, 104L, 188L, 412L);
    Bins bins = Bins.over(values, 10);
    assertThat(bins).isEqualTo(new Bins(100, 50, 7));
    assertThat(bins.counts(values)).containsExactly(2, 1, 0, 0, 0, 0, 1);
    assertThat(Bins.over(List.of(5L, 5L), 30)).isEqualTo(new Bins(5, 1, 1));
  }
}
