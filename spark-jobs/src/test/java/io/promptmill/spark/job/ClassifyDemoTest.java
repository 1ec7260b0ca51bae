package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the demo model and reviews that it was not trained on. */
class ClassifyDemoTest {
  private static final String REVIEWS = "../model-udf/demo/data/reviews.csv";

  @TempDir Path temp;

  @BeforeAll
  static void sparkIsThere() {
    LocalSpark.session();
  }

  private List<Row> classify(String name, String... args) {
    Path output = temp.resolve(name);
    List<String> all =
        new ArrayList<>(List.of("classify", "--model", "demo", "--cache-bytes", "32m"));
    all.addAll(List.of("--text-column", "review", "--output", output.toString()));
    all.addAll(List.of(args));
    CommandLineRun run = CommandLineRun.onRealModel(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return LocalSpark.session().read().parquet(output.toString()).orderBy("id").collectAsList();
  }

  private static String[] english(String... more) {
    List<String> all = new ArrayList<>(List.of("--input", REVIEWS));
    for (String label : List.of("positive", "negative", "neutral")) {
      all.addAll(List.of("--label", label));
    }
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void findsTheSentimentOfEnglishReviewsAndNamesGoldValuesThatAreNoLabel() throws IOException {
    List<Row> rows = classify("a", english("--gold-column", "sentiment", "--limit", "24"));

    JsonNode quality =
        new ObjectMapper()
            .readTree(temp.resolve("a/_promptmill/report.json").toFile())
            .get("quality");
    assertThat(rows).hasSize(24);
    assertThat(quality.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(quality.get("rows_other_gold").asLong()).isPositive();
    assertThat(quality.get("other_gold").findValuesAsText("value")).contains("负面");
    assertThat(quality.get("expected_calibration_error").asDouble()).isLessThan(0.1);
  }

  @Test
  void givesTheSameBitsWhateverPartitionsOrderAndBatches() {
    List<Row> one = classify("one", english("--limit", "8", "--partitions", "1"));
    List<Row> other =
        classify(
            "other",
            english("--limit", "8", "--partitions", "3", "--batch-rows", "2", "--order-by-prefix"));

    assertThat(probabilities(other)).isEqualTo(probabilities(one));
  }

  private static List<Map<Object, Object>> probabilities(List<Row> rows) {
    return rows.stream()
        .map(
            row -> {
              Row result = row.getAs("classification");
              return result.getJavaMap(result.fieldIndex("probabilities"));
            })
        .toList();
  }

  @Test
  void givesALabelThatBeginsAnotherOnlyWhatTheLongerOneLeaves() {
    List<Row> rows =
        classify(
            "nested",
            "--query",
            "SELECT 1 AS id, 'The book is not useless, it was worth every penny.' AS review",
            "--label",
            "positive",
            "--label",
            "positive, negative",
            "--label",
            "negative");
    List<Row> flat =
        classify(
            "flat",
            "--query",
            "SELECT 1 AS id, 'The book is not useless, it was worth every penny.' AS review",
            "--label",
            "positive",
            "--label",
            "negative");

    Map<Object, Object> nested = probabilities(rows).get(0);
    double all = nested.values().stream().mapToDouble(p -> (Double) p).sum();
    assertThat(all).isCloseTo(1, within(1e-9));
    assertThat((Double) nested.get("positive") + (Double) nested.get("positive, negative"))
        .as("both begin with 'positive', but count once (the prompt names other labels)")
        .isCloseTo((Double) probabilities(flat).get(0).get("positive"), within(0.05));
  }

  @Test
  void moderatesIntoWellFormedResultsThoughTheDemoDoesNotKnowThisTask() {
    List<Row> rows = classify("m", "--preset", "moderation", "--input", REVIEWS, "--limit", "2");

    assertThat(probabilities(rows))
        .hasSize(2)
        .allSatisfy(
            byLabel ->
                assertThat(byLabel)
                    .hasSize(9)
                    .containsKeys("hate", "sexual-minors", "spam")
                    .allSatisfy((label, p) -> assertThat((Double) p).isBetween(0.0, 1.0)));
    assertThat(rows)
        .allSatisfy(
            row -> {
              Row result = row.getAs("classification");
              assertThat(result.<Row>getAs("error")).isNull();
              assertThat(result.<Integer>getAs("cached_tokens"))
                  .as("the text is shared by the questions about it")
                  .isGreaterThan(result.<Integer>getAs("prompt_tokens") / 2);
            });
  }
}
