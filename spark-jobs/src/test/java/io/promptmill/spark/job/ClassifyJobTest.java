package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the fake model, whose log-likelihood of a candidate of n letters is -1/n. */
class ClassifyJobTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    LocalSpark.session();
    input =
        Files.writeString(
            temp.resolve("in.jsonl"),
            """
            {"id":1,"q":"one","scores":0,"gold":"long"}
            {"id":2,"q":null,"scores":0,"gold":"x"}
            {"id":3,"q":"!fail","scores":0,"gold":"x, long"}
            {"id":4,"q":"four","scores":0,"gold":"other"}
            """);
    output = temp.resolve("out");
  }

  private CommandLineRun classify(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--input", input.toString()));
    all.addAll(List.of(args));
    return CommandLineRun.withModel(temp, "classify", all.toArray(String[]::new));
  }

  private List<Row> written(CommandLineRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return LocalSpark.session().read().parquet(output.toString()).orderBy("id").collectAsList();
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(output.resolve("_promptmill/report.json").toFile());
  }

  private static Row result(Row row) {
    return row.getAs("classification");
  }

  @Test
  void givesTheLikeliestLabelWithProbabilitiesAndKeepsFailedRows() throws IOException {
    List<Row> rows =
        written(
            classify(
                "--text-column",
                "q",
                "--label",
                "x",
                "--label",
                "long",
                "--output",
                output.toString()));

    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly("gold", "id", "q", "scores", "classification");
    Row first = result(rows.get(0));
    double expected = 1 / (1 + Math.exp(-0.75)); // between -1/4 and -1
    assertThat(first.<String>getAs("label")).isEqualTo("long");
    assertThat(first.<Double>getAs("probability")).isCloseTo(expected, within(1e-12));
    assertThat(first.<Double>getAs("margin")).isCloseTo(2 * expected - 1, within(1e-12));
    assertThat(first.getJavaMap(first.fieldIndex("probabilities")).toString())
        .contains("x", "long");
    assertThat(first.<Boolean>getAs("abstained")).isFalse();
    assertThat(first.<Integer>getAs("prompt_tokens")).isEqualTo(7);
    assertThat(first.<Integer>getAs("cached_tokens")).isEqualTo(3);
    assertThat(first.<Row>getAs("error")).isNull();
    for (Row failed : rows.subList(1, 3)) {
      assertThat(result(failed).<String>getAs("label")).isNull();
      assertThat(result(failed).<Double>getAs("probability")).isNull();
      assertThat(result(failed).<Row>getAs("error").getString(0)).isEqualTo("PROMPT_INVALID");
      assertThat(result(failed).<String>getAs("model_revision")).isEqualTo(FakeOpener.REVISION);
    }
    assertThat(report().get("rowsFailed").asLong()).isEqualTo(2);
    assertThat(report().has("quality")).isFalse();
  }

  @Test
  void abstainsWhereNoLabelIsProbableEnough() throws IOException {
    List<Row> rows =
        written(
            classify(
                "--text-column",
                "q",
                "--label",
                "x",
                "--label",
                "long",
                "--abstain-below",
                "0.7",
                "--gold-column",
                "gold",
                "--output",
                output.toString()));

    assertThat(result(rows.get(0)).<String>getAs("label")).isNull();
    assertThat(result(rows.get(0)).<Boolean>getAs("abstained")).isTrue();
    assertThat(result(rows.get(0)).<Double>getAs("probability")).isGreaterThan(0.5);
    JsonNode quality = report().get("quality");
    assertThat(quality.get("rows_scored").asLong()).isEqualTo(2);
    assertThat(quality.get("rows_other_gold").asLong()).isEqualTo(2);
    assertThat(quality.get("coverage").asDouble()).isZero();
    assertThat(quality.get("confusion_matrix").get("abstained").toString()).isEqualTo("[0,1]");
    assertThat(quality.get("confusion_matrix").get("failed").toString()).isEqualTo("[1,0]");
  }

  @Test
  void asksForEachOfSeveralLabelsAlone() throws IOException {
    CommandLineRun run =
        classify(
            "--text-column",
            "q",
            "--label",
            "x",
            "--label",
            "long=a description",
            "--multi-label",
            "--gold-column",
            "gold",
            "--output",
            output.toString());
    List<Row> rows = written(run);

    Row first = result(rows.get(0));
    assertThat(first.<String>getList(first.fieldIndex("labels"))).containsExactly("x", "long");
    assertThat(first.<Integer>getAs("prompt_tokens")).isEqualTo(14);
    assertThat(result(rows.get(1)).<Row>getAs("error")).isNotNull();
    assertThat(result(rows.get(2)).<Object>getAs("labels")).isNull();
    JsonNode report = report();
    assertThat(report.get("rowsWritten").asLong()).isEqualTo(4);
    assertThat(report.get("rowsFailed").asLong()).isEqualTo(2);
    assertThat(report.get("quality").get("kind").asText()).isEqualTo("multi_label");
    assertThat(report.get("quality").get("exact_match").asDouble()).isZero();
    assertThat(run.err()).contains("quality against column 'gold': 2 rows", "Hamming loss 0.7500");
  }

  @Test
  void namesTheRowThatEndsTheJobAndNotThePartOfIt() throws IOException {
    CommandLineRun run =
        classify(
            "--text-column",
            "q",
            "--label",
            "x",
            "--label",
            "long",
            "--multi-label",
            "--fail-on-error",
            "--output",
            output.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("promptmill classify: PROMPT_INVALID: row 1 of partition 0 (file:")
        .contains("in.jsonl): column 'q' is null");
  }

  @Test
  void measuresQualityOfJsonLinesToo() throws IOException {
    CommandLineRun run =
        classify(
            "--text-column",
            "q",
            "--label",
            "x",
            "--label",
            "long",
            "--gold-column",
            "gold",
            "--output-format",
            "jsonl",
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode quality = report().get("quality");
    assertThat(quality.get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(quality.get("rows_failed").asLong()).isEqualTo(1);
    assertThat(quality.get("log_loss").asDouble())
        .isCloseTo(Math.log(1 + Math.exp(-0.75)), within(1e-9));
  }

  @Test
  void givesNoLabelUnderTheThreshold() throws IOException {
    List<Row> rows =
        written(
            classify(
                "--text-column",
                "q",
                "--label",
                "x",
                "--multi-label",
                "--threshold",
                "0.99",
                "--output",
                output.toString()));

    Row first = result(rows.get(0));
    assertThat(first.<String>getList(first.fieldIndex("labels"))).isEmpty();
  }

  @Test
  void printsProbabilitiesAndQualityWithoutAnOutput() throws IOException {
    CommandLineRun run =
        classify("--text-column", "q", "--label", "x", "--label", "long", "--gold-column", "gold");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("| label", "| probability", "| margin", "PROMPT_INVALID");
    assertThat(run.err()).contains("accuracy 0.5000", "other 1", "expected calibration error");
  }

  @Test
  void takesOptionsFromAPresetAndNamesItInTheReport() throws IOException {
    List<Row> rows =
        written(
            classify(
                "--preset",
                "moderation",
                "--text-column",
                "q",
                "--threshold",
                "0.1",
                "--output",
                output.toString()));

    Row first = result(rows.get(0));
    assertThat(first.<String>getList(first.fieldIndex("labels"))).contains("hate", "spam");
    JsonNode options = report().get("options");
    assertThat(options.get("preset").asText()).isEqualTo("moderation");
    assertThat(options.get("threshold").asText()).isEqualTo("0.1");
    assertThat(options.get("label").asText()).contains("hate=attacks", "spam=");
    assertThat(CommandLineRun.of("presets").out()).contains("moderation", "customer-service-reply");
    assertThat(CommandLineRun.of("presets", "--preset", "moderation").out())
        .startsWith("job: classify\n")
        .contains("hate: attacks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --label a --label b                             | --text-column (or spark.promptmill.textColumn) is missing
          --text-column q                                 | expected one of --label and --labels, found neither
          --text-column q --label a --label b --labels x  | expected one of --label and --labels, found both
          --text-column q --label a                       | --label: expected at least 2, found 1
          --text-column q --label a --label b --threshold 0.6 | --threshold: expected --multi-label with it
          --text-column q --label a --multi-label --abstain-below 0.6 | --abstain-below: expected no --multi-label with it
          --text-column quest --label a --label b         | no column 'quest' in the input
          --text-column q --label a --label b --gold-column god | no column 'god' in the input (did you mean 'gold'?)
          --text-column q --label a --multi-label --gold-column id | --gold-column 'id': expected array<string>, or a text, found bigint
          --text-column q --label a --label b --prompt-template x | --prompt-template: expected the text column as {q}
          --text-column q --labels nowhere.csv            | --labels: expected a readable text file at
          --text-column q --preset code-explanation       | --preset: expected a preset of classify (moderation), found 'code-explanation'
          """)
  void wrongOptionsAreUsageErrors(String options, String message) throws IOException {
    CommandLineRun run = classify(options.split(" "));

    assertThat(run.err()).contains("promptmill classify: ").contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void refusesAnInputThatHasTheResultsColumn() throws IOException {
    Files.writeString(input, "{\"q\":\"one\",\"classification\":1}\n");

    CommandLineRun run = classify("--text-column", "q", "--label", "a", "--label", "b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the input has a column 'classification'");
  }
}
