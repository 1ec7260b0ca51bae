package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the model that comes along. */
class TranslateDemoTest {
  private static final Path SENTENCES =
      Path.of("..", "model-udf", "demo", "data", "sentences.parquet");

  private final SparkSession spark = LocalSpark.session();

  @TempDir Path temp;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = temp.resolve("out");
  }

  private void translate(Path input, String... options) {
    List<String> args = new ArrayList<>(List.of("translate", "--model", "demo"));
    args.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    args.addAll(List.of("--max-tokens", "32"));
    args.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.onRealModel(args);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void sentencesBothWaysComeNearTheirReferences() throws IOException {
    Path input = temp.resolve("both");
    Dataset<Row> sentences = spark.read().parquet(SENTENCES.toString()).orderBy("id").limit(8);
    sentences
        .selectExpr("en AS t", "zh AS r", "'Chinese' AS l")
        .union(sentences.selectExpr("zh AS t", "en AS r", "'en' AS l"))
        .coalesce(1)
        .write()
        .parquet(input.toString());

    translate(
        input, "--text-column", "t", "--target-language-column", "l", "--reference-column", "r");

    JsonNode scores =
        new ObjectMapper()
            .readTree(output.resolve("_promptmill/report.json").toFile())
            .at("/quality/scores");
    assertThat(scores)
        .extracting(language -> language.get("targetLanguage").asText())
        .containsExactly("en", "zh");
    assertThat(scores)
        .extracting(language -> language.get("bleuTokenizer").asText())
        .containsExactly("13a", "zh");
    assertThat(scores)
        .allMatch(language -> language.get("rowsCompared").asInt() == 8)
        .allMatch(language -> language.get("bleu").asDouble() > 90)
        .allMatch(language -> language.get("chrf").asDouble() > 90);
  }

  @Test
  void aDocumentKeepsItsParagraphsMarkupAndPlaceholders() throws IOException {
    Path input =
        Files.writeString(
            temp.resolve("d.jsonl"),
            """
            {"t":"# The guitar is too big.\\n\\n<p>Where is the painter? <b>The tiger is brown.</b></p>\\n- Paul can help {name}. The %1$s is too big.\\n```\\nx = 1\\n```\\n"}
            """);

    translate(input, "--text-column", "t", "--target-language", "zh", "--segment-sentences", "1");

    Row result =
        spark.read().parquet(output.toString()).selectExpr("translation.*").collectAsList().get(0);
    String text = result.getAs("text");
    assertThat(text)
        .startsWith("# 那把吉他太大。\n\n<p>那位画家在哪里？ <b>那只老虎是棕色的。</b></p>\n- ")
        .endsWith("\n```\nx = 1\n```\n")
        .containsOnlyOnce("{name}")
        .containsOnlyOnce("%1$s");
    assertThat(text.lines()).hasSize(7);
    assertThat(result.<Integer>getAs("segments")).isEqualTo(5);
    assertThat(result.<Integer>getAs("fallback_segments")).isEqualTo(2);
  }
}
