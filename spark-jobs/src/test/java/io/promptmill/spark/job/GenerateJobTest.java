package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateJobTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir Path temp;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = temp.resolve("out");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  private CommandLineRun generate(String... args) throws IOException {
    return CommandLineRun.withModel(temp, "generate", args);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(output.resolve("_promptmill/report.json").toFile());
  }

  @Test
  void readsJsonLinesFillsTheTemplateAndWritesParquetWithAReport() throws IOException {
    Path input =
        write(
            "q.jsonl", "{\"q\":\"one\",\"n\":1}\n{\"q\":\"two\",\"n\":2}\n{\"q\":null,\"n\":3}\n");

    CommandLineRun run =
        generate(
            "--input", input.toString(),
            "--prompt-template", "Q: {q}\\nA:",
            "--output", output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Row> rows = spark.read().parquet(output.toString()).orderBy("n").collectAsList();
    assertThat(rows).extracting(row -> row.getLong(0)).containsExactly(1L, 2L, 3L);
    assertThat(rows.get(0).schema().fieldNames()).containsExactly("n", "q", "response");
    assertThat(rows.get(1).<Row>getAs("response").<String>getAs("text")).isEqualTo("echo: two");
    assertThat(rows.get(2).<Row>getAs("response").<Row>getAs("error").getString(0))
        .isEqualTo("PROMPT_INVALID");
    JsonNode report = report();
    assertThat(report.get("rowsRead").asLong()).isEqualTo(3);
    assertThat(report.get("rowsWritten").asLong()).isEqualTo(3);
    assertThat(report.get("errors").get("PROMPT_INVALID").asLong()).isEqualTo(1);
    assertThat(report.get("modelRevisions").get(0).asText()).isEqualTo(FakeOpener.REVISION);
    assertThat(report.get("options").get("maxTokens").asText()).isEqualTo("256");
    assertThat(run.err()).contains("3 rows in", "1 failed", "model revision fake-revision");
  }

  @Test
  void keepsLinesOfJsonThatDoNotParse() throws IOException {
    Path input = write("q.jsonl", "{\"q\":\"one\"}\n{\"q\":\"broken\n\n{\"q\":\"three\"}\n");

    CommandLineRun run =
        generate(
            "--input", input.toString(), "--prompt-column", "q", "--output", output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Row> rows = spark.read().parquet(output.toString()).collectAsList();
    assertThat(rows).hasSize(3);
    assertThat(rows)
        .filteredOn(row -> row.<Row>getAs("response").<Row>getAs("error") != null)
        .singleElement()
        .extracting(row -> row.<String>getAs("_corrupt_record"))
        .isEqualTo("{\"q\":\"broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json", "csv"})
  void readsFoldersOfEveryFormatAndGuessesIt(String format) throws IOException {
    Path input = temp.resolve("in");
    Dataset<Row> rows = spark.range(20).selectExpr("concat('é“', id, '”,\nz') AS q", "id");
    rows.repartition(3)
        .write()
        .option("header", "true")
        .option("escape", "\"")
        .format(format)
        .save(input.toString());

    CommandLineRun run =
        generate(
            "--input", input.toString(), "--prompt-column", "q", "--output", output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    Dataset<Row> result = spark.read().parquet(output.toString());
    assertThat(result.selectExpr("response.text").collectAsList())
        .extracting(row -> row.getString(0))
        .hasSize(20)
        .contains("echo: é“7”,\nz");
  }

  @Test
  void readsTextLinesTablesAndQueries() throws IOException {
    Path text = write("lines.txt", "one\ntwo\n");
    spark.sql("SELECT 'x' AS p").createOrReplaceTempView("prompts");

    assertThat(generate("--input", text.toString(), "--prompt-column", "value").out())
        .contains("echo: one", "echo: two");
    assertThat(
            generate("--input", "prompts", "--input-format", "table", "--prompt-column", "p").out())
        .contains("echo: x");
    assertThat(generate("--query", "SELECT 1 + 1 AS n", "--prompt-template", "{n}?").out())
        .contains("echo: 2");
  }

  @Test
  void readsCsvWithoutHeaderByPosition() throws IOException {
    Path input = write("q.csv", "\"a \"\"b\"\"\nc\",2\n");

    CommandLineRun run =
        generate(
            "--input",
            input.toString(),
            "--input-option",
            "header=false",
            "--prompt-template",
            "{_c0}{_c1}");

    assertThat(run.out()).as(run.err()).contains("echo: a \"b\"\\nc 2");
  }

  @Test
  void takesPromptAndSamplingFromAPresetAndOptionsBeforeIt() throws IOException {
    Path input = write("q.jsonl", "{\"policy\":\"none\",\"message\":\"hello\"}\n");

    CommandLineRun run =
        generate(
            "--preset",
            "customer-service-reply",
            "--input",
            input.toString(),
            "--max-tokens",
            "9",
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    Row row = spark.read().parquet(output.toString()).first();
    assertThat(row.<Row>getAs("response").<String>getAs("text")).isEqualTo("echo: none hello");
    JsonNode options = report().get("options");
    assertThat(options.get("preset").asText()).isEqualTo("customer-service-reply");
    assertThat(options.get("chat").asText()).isEqualTo("true");
    assertThat(options.get("temperature").asText()).isEqualTo("0.3");
    assertThat(options.get("maxTokens").asText()).isEqualTo("9");
  }

  @Test
  void readsMessagesAsStructsAndAsJson() throws IOException {
    Path input =
        write(
            "m.jsonl",
            "{\"m\":[{\"role\":\"user\",\"content\":\"hi\"}],\"j\":\"[{\\\"role\\\":\\\"user\\\"}]\"}\n");

    assertThat(generate("--input", input.toString(), "--messages-column", "m").out())
        .contains("echo: [{");
    assertThat(generate("--input", input.toString(), "--messages-column", "j").exitCode()).isZero();
  }

  @Test
  void givesTheSameAnswersWhateverThePartitionsAndOrder() throws IOException {
    Path input = temp.resolve("in");
    spark.range(200).selectExpr("id", "concat('q', id) AS q").write().json(input.toString());
    Path shuffled = temp.resolve("shuffled");
    spark.read().json(input.toString()).orderBy("q").write().json(shuffled.toString());

    List<Row> one = answers(input, "one", "--partitions", "1");
    assertThat(one).hasSize(200);
    assertThat(answers(input, "eight", "--partitions", "8")).isEqualTo(one);
    assertThat(answers(shuffled, "other", "--partitions", "3", "--batch-rows", "5")).isEqualTo(one);
  }

  private List<Row> answers(Path input, String name, String... options) throws IOException {
    Path out = temp.resolve(name);
    List<String> args =
        new java.util.ArrayList<>(
            List.of(
                "--input", input.toString(), "--prompt-column", "q", "--output", out.toString()));
    args.addAll(List.of(options));
    assertThat(generate(args.toArray(String[]::new)).exitCode()).isZero();
    return spark.read().parquet(out.toString()).orderBy("id").collectAsList();
  }

  @Test
  void limitsRowsAndWritesJsonLines() throws IOException {
    Path input = temp.resolve("in");
    spark.range(50).selectExpr("id", "concat('q', id) AS q").write().parquet(input.toString());

    CommandLineRun run =
        generate(
            "--input",
            input.toString(),
            "--prompt-column",
            "q",
            "--limit",
            "7",
            "--output",
            output.toString(),
            "--output-format",
            "jsonl");

    assertThat(run.exitCode()).as(run.err()).isZero();
    Dataset<Row> rows = spark.read().json(output.toString());
    assertThat(rows.count()).isEqualTo(7);
    assertThat(rows.inputFiles()).as("all tasks work").hasSize(2);
    assertThat(rows.selectExpr("response.*").columns()).contains("error", "token_ids", "logprobs");
    assertThat(report().get("rowsRead").asLong()).isEqualTo(7);
  }

  @Test
  void printsOnlyAsManyRowsAsAreShown() throws IOException {
    Path input = temp.resolve("in");
    spark.range(50).selectExpr("concat('问题', id) AS q").write().parquet(input.toString());

    CommandLineRun run =
        generate("--input", input.toString(), "--prompt-column", "q", "--show", "3");

    assertThat(run.out().lines()).hasSize(7);
    assertThat(run.err()).contains("3 rows in");
  }

  @Test
  void aFailedRowFailsTheJobWhereThatIsAsked() throws IOException {
    Path input = write("q.jsonl", "{\"q\":\"one\"}\n{\"q\":null}\n");

    CommandLineRun run =
        generate(
            "--input",
            input.toString(),
            "--prompt-column",
            "q",
            "--fail-on-error",
            "--output",
            output.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().reduce((a, b) -> b).orElseThrow())
        .contains("promptmill generate: PROMPT_INVALID: row 1 of partition 0")
        .contains("q.jsonl")
        .contains("column 'q' is null");
    assertThat(output.resolve("_SUCCESS")).doesNotExist();

    assertThat(
            generate(
                    "--input",
                    input.toString(),
                    "--prompt-column",
                    "q",
                    "--output",
                    output.toString())
                .exitCode())
        .as("the folder that the failed job left does not stand in the way")
        .isZero();
  }

  @Test
  void refusesAnOutputThatExistsAndReplacesItOnRequest() throws IOException {
    Path input = write("q.jsonl", "{\"q\":\"one\"}\n");
    spark.range(5).write().mode(SaveMode.Overwrite).parquet(output.toString());
    String[] args = {
      "--input", input.toString(), "--prompt-column", "q", "--output", output.toString()
    };

    CommandLineRun refused = generate(args);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--output: expected a folder that does not exist");

    List<String> overwrite = new java.util.ArrayList<>(List.of(args));
    overwrite.add("--overwrite");
    assertThat(generate(overwrite.toArray(String[]::new)).exitCode()).isZero();
    assertThat(spark.read().parquet(output.toString()).columns()).containsExactly("q", "response");
  }

  @Test
  void readsASchemaFromItsFileAndNamesWhatItDoesNotSupportBeforeAnyWork() throws IOException {
    Path input = write("q.jsonl", "{\"q\":\"one\"}\n");
    Path good = write("good.json", "{\"type\": \"integer\"}\n");
    Path bad = write("bad.json", "{\"properties\":{},\"type\":\"object\",\"allOf\":[]}");
    String[] args = {"--input", input.toString(), "--prompt-column", "q", "--json-schema"};

    assertThat(generate(with(args, good.toString())).exitCode()).isZero();
    for (String schema : List.of(bad.toString(), Files.readString(bad))) {
      CommandLineRun run = generate(with(args, schema));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("JSON schema: at the root: keyword 'allOf' is not supported");
    }
    CommandLineRun none = generate(with(args, temp.resolve("none.json").toString()));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--json-schema: expected a readable text file at");
  }

  @Test
  void aCompletionHasOneFormAtMost() throws IOException {
    CommandLineRun run =
        generate("--prompt-column", "q", "--choice", "a", "--choice", "b", "--regex", "c");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("expected one of --choice, --regex, --json-schema, found --choice and --regex");
  }

  private static String[] with(String[] args, String last) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.add(last);
    return all.toArray(String[]::new);
  }
}
