package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the fake, which answers with {@code echo:} and what the prompt's template reads. */
class TranslateJobTest {
  private static final String TEXT_ALONE = "{text}";

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

  private CommandLineRun translate(Path input, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(List.of("--input", input.toString(), "--text-column", "t", "--overwrite"));
    args.addAll(List.of("--output", output.toString()));
    args.addAll(List.of(options));
    return CommandLineRun.withModel(temp, "translate", args.toArray(String[]::new));
  }

  private List<Row> rows() {
    return spark
        .read()
        .parquet(output.toString())
        .orderBy("id")
        .selectExpr("translation.*")
        .collectAsList();
  }

  private List<String> texts() {
    return rows().stream().map(row -> row.<String>getAs("text")).toList();
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(output.resolve("_promptmill/report.json").toFile());
  }

  @Test
  void documentsKeepTheirLayoutAndRowsTheirOrderAndErrors() throws IOException {
    Path input =
        write(
            "d.jsonl",
            """
            {"id":1,"t":"# Title\\n\\n- one. two\\r\\n  {name}: 5 %"}
            {"id":2,"t":""}
            {"id":3,"t":null}
            {"id":4,"t":"good.\\n!fail here"}
            {"id":5,"t":"fine"}
            """);

    CommandLineRun run =
        translate(
            input,
            "--target-language",
            "zh",
            "--prompt-template",
            TEXT_ALONE,
            "--segment-chars",
            "11");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(texts())
        .containsExactly(
            "# echo: Title\n\n- echo: one. two\r\n  {name}: 5 %", "", null, null, "echo: fine");
    Row document = rows().get(0);
    assertThat(document.<Integer>getAs("segments")).isEqualTo(2);
    assertThat(document.<Integer>getAs("completion_tokens")).isEqualTo(4);
    assertThat(document.<String>getAs("finish_reason")).isEqualTo("stop");
    assertThat(document.<String>getAs("model_revision")).isEqualTo(FakeOpener.REVISION);
    assertThat(rows().get(1).<Integer>getAs("segments")).isZero();
    assertThat(rows().get(2).<Row>getAs("error").getString(0)).isEqualTo("PROMPT_INVALID");
    assertThat(rows().get(2).<Row>getAs("error").getString(1))
        .isEqualTo("column 't': expected a text, found null");
    assertThat(rows().get(3).<Row>getAs("error").getString(1))
        .isEqualTo("segment 2 of 2: failed as asked");
    assertThat(rows().get(3).<String>getAs("finish_reason")).isEqualTo("error");
    assertThat(run.err()).contains("5 rows in", "2 failed", "PROMPT_INVALID: 2");
    JsonNode report = report();
    assertThat(report.get("rowsRead").asLong()).isEqualTo(5);
    assertThat(report.get("rowsWritten").asLong()).isEqualTo(5);
    assertThat(report.get("quality").get("segments").asLong()).isEqualTo(5);
  }

  @Test
  void whatTheModelLosesIsPutBackAndCounted() throws IOException {
    // the language's name adds an element and a placeholder to the fake's answers
    Path input =
        write(
            "d.jsonl",
            """
            {"id":1,"t":"Press <i>Start</i> now.","l":"<b>L</b>"}
            {"id":2,"t":"Plain.","l":"<b>L</b>"}
            {"id":3,"t":"Plain.","l":"{L}"}
            """);

    CommandLineRun run =
        translate(
            input,
            "--target-language-column",
            "l",
            "--prompt-template",
            "{target_language} {text}");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(texts())
        .containsExactly(
            "echo: L Press <i>echo: L Start</i> echo: L now.", "echo: L Plain.", "Plain.");
    assertThat(rows()).extracting(row -> row.getAs("fallback_segments")).containsExactly(1, 0, 0);
    assertThat(rows())
        .extracting(row -> row.getAs("untranslated_segments"))
        .containsExactly(0, 0, 1);
    assertThat(run.err())
        .contains("segments 3, of them 1 translated around what is protected, 1 left as in");
    assertThat(report().get("quality").get("fallbackSegments").asLong()).isEqualTo(1);
    assertThat(report().get("quality").get("untranslatedSegments").asLong()).isEqualTo(1);
  }

  @Test
  void aGlossaryTellsOnlyTermsThatOccurAndMissingOnesAreSaid() throws IOException {
    Path glossary =
        write("g.csv", "source,target\nweb server,Webserver\nserver,Server\ncat,Katze\n");
    Path input =
        write(
            "d.jsonl",
            """
            {"id":1,"t":"The web server.\\nNo pets.","m":"{\\"cat\\":\\"Kater\\",\\"pets\\":\\"Haustiere\\"}"}
            {"id":2,"t":"My Server","m":null}
            {"id":3,"t":"A cat","m":"[1]"}
            {"id":4,"t":"A cat","m":"null"}
            """);

    assertThat(
            translate(input, "--target-language", "de", "--glossary", glossary.toString())
                .exitCode())
        .isZero();
    assertThat(texts())
        .containsExactly(
            "echo: Use these translations: web server = Webserver. German The web server.\n"
                + "echo:  German No pets.",
            "echo: Use these translations: server = Server. German My Server",
            "echo: Use these translations: cat = Katze. German A cat",
            "echo: Use these translations: cat = Katze. German A cat");
    assertThat(rows()).allMatch(row -> row.getList(row.fieldIndex("missing_terms")).isEmpty());

    assertThat(
            translate(
                    input,
                    "--target-language",
                    "de",
                    "--glossary-column",
                    "m",
                    "--prompt-template",
                    "{text}{glossary}")
                .exitCode())
        .isZero();
    assertThat(rows().get(0).<Row>getList(4)).isEmpty();
    assertThat(rows().get(1).<String>getAs("text")).isEqualTo("echo: My Server");
    assertThat(rows().get(2).<Row>getAs("error").getString(1))
        .isEqualTo("column 'm': expected a JSON object of texts, found '[1]'");
    assertThat(rows().get(3).<String>getAs("text")).isEqualTo("echo: A cat");
  }

  @Test
  void mapsAreGlossariesAndTermsThatTheTranslationLacksAreListed() throws IOException {
    Path input = temp.resolve("in");
    spark
        .sql("SELECT 1 AS id, '!x {a} cat' AS t, map('cat', 'Katze') AS m")
        .write()
        .parquet(input.toString());
    // the placeholder that the language adds leaves the segment in the source
    CommandLineRun run =
        translate(
            input,
            "--target-language",
            "{b}",
            "--glossary-column",
            "m",
            "--prompt-template",
            "{target_language}{text}{glossary}");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(texts()).containsExactly("!x {a} cat");
    Row missing = rows().get(0).<Row>getList(rows().get(0).fieldIndex("missing_terms")).get(0);
    assertThat(missing.getString(0) + missing.getString(1)).isEqualTo("catKatze");
    assertThat(run.err()).contains("rows without a term of the glossary 1");
  }

  @Test
  void scoresAgainstReferencesByLanguageAndSaysWhatItCouldNotCompare() throws IOException {
    Path input =
        write(
            "d.jsonl",
            """
            {"id":1,"t":"the cat sat on the mat","r":"echo: the cat sat on the mat","l":"de"}
            {"id":2,"t":"a b c d","r":"echo: a b x d","l":"German"}
            {"id":3,"t":"e","r":null,"l":"de-AT"}
            {"id":4,"t":null,"r":"f","l":"de"}
            {"id":5,"t":"今天","r":"echo: 今天","l":"Chinese"}
            {"id":6,"t":"g","r":"echo: g","l":" "}
            {"id":7,"t":"h","r":"echo: h","l":"gibberish"}
            {"id":8,"t":"i","r":"echo: i","l":"nonsense"}
            """);

    CommandLineRun run =
        translate(
            input,
            "--target-language-column",
            "l",
            "--reference-column",
            "r",
            "--prompt-template",
            TEXT_ALONE);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "de: BLEU 82.55 (13a), chrF 92.71, chrF++ 91.56, equal 50.0 %:"
                + " 2 rows, without reference 1, failed 1",
            "zh: BLEU ",
            " (zh), chrF 100.00, chrF++ 100.00, equal 100.0 %: 1 rows",
            "other: BLEU ",
            ": 2 rows, without reference 0, failed 1");
    JsonNode scores = report().get("quality").get("scores");
    assertThat(scores).hasSize(3);
    assertThat(rows().get(5).<Row>getAs("error").getString(1))
        .isEqualTo("column 'l': expected a language, found ' '");
    assertThat(scores.get(0).get("targetLanguage").asText()).isEqualTo("de");
    assertThat(scores.get(0).get("rowsCompared").asLong()).isEqualTo(2);
  }

  @Test
  void givesTheSameWhateverThePartitionsAndBatches() throws IOException {
    Path input = temp.resolve("in");
    spark
        .range(10)
        .selectExpr(
            "id", "repeat(concat('Line <b>', id, '</b> is here. And on.\n'), int(id) % 5) AS t")
        .write()
        .parquet(input.toString());
    String[] options = {"--target-language", "<i>x</i>", "--segment-sentences", "1"};

    translate(input, with(options, "--partitions", "1"));
    List<Row> one = rows();
    translate(input, with(options, "--partitions", "3", "--batch-rows", "2"));

    assertThat(one).hasSize(10);
    assertThat(rows()).isEqualTo(one);
    assertThat(one.get(4).<Integer>getAs("segments")).isEqualTo(8);
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void printsWithoutAnOutputAndAFailedRowEndsTheJobOnRequest() throws IOException {
    Path input = write("d.jsonl", "{\"id\":1,\"t\":\"one. two. three.\"}\n{\"id\":2,\"t\":null}\n");
    String[] args = {"--input", input.toString(), "--text-column", "t", "--target-language", "zh"};
    args = with(args, "--segment-sentences", "1");

    CommandLineRun printed = CommandLineRun.withModel(temp, "translate", args);
    assertThat(printed.out()).contains("echo:  Chinese one", "column 't': expected a text");

    CommandLineRun failed =
        CommandLineRun.withModel(temp, "translate", with(args, "--fail-on-error"));
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains("promptmill translate: PROMPT_INVALID: row 1 of partition 0")
        .contains(": column 't': expected a text, found null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--text-column=t|expected one of --target-language, --target-language-column, found none",
        "--target-language=zh|--text-column (or spark.promptmill.textColumn) is missing",
        "--text-column=x --target-language=zh|no column 'x' in the input (did you mean 't'?); it has: id, t",
        "--text-column=id --target-language=zh|column 'id': expected text, found bigint",
        "--text-column=t --target-language=|--target-language: expected a language, found ''",
        "--text-column=t --target-language=zh --reference-column=r|no column 'r'",
        "--text-column=t --target-language=zh --glossary=a.csv --glossary-column=t|found both",
        "--text-column=t --target-language=zh --glossary=/no/such.csv|--glossary: expected a readable",
        "--text-column=t --target-language=zh --glossary-column=id|expected map<string,string>, or a",
        "--text-column=t --target-language=zh --protect=number|--protect: expected code, urls",
        "--text-column=t --target-language=zh --prompt-template={t}|expected only {text}, ",
        "--text-column=t --target-language=zh --prompt-template={glossary}|expected {text}, found none",
        "--text-column=t --target-language=zh --prompt-template={text}{source_language}|expected --source-language or",
        "--text-column=t --target-language=zh --segment-chars=0|expected a whole number from 1",
        "--text-column=t --target-language=zh --n=2|Unknown option: '--n=2'"
      })
  void wrongOptionsAreSaidBeforeAnyWork(String options, String message) throws IOException {
    Path input = write("d.jsonl", "{\"id\":1,\"t\":\"one\"}\n");
    List<String> args = new ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of(options.split(" ")));

    CommandLineRun run = CommandLineRun.withModel(temp, "translate", args.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void anInputWithoutColumnsIsSaidToBeEmpty() throws IOException {
    CommandLineRun run = translate(write("d.jsonl", ""), "--target-language", "zh");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("no column 't': the input is empty, and has no columns");
  }
}
