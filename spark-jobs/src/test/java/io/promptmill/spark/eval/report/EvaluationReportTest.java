package io.promptmill.spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  private List<Run> runs(ExampleRun... examples) throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration());
    List<Run> runs = new ArrayList<>();
    for (ExampleRun example : examples) {
      runs.add(
          RunReader.read(local, new org.apache.hadoop.fs.Path(example.write(temp).toString())));
    }
    return runs;
  }

  private static String page(List<Run> runs, long sampleBytes) throws IOException {
    StringWriter out = new StringWriter();
    EvaluationReport.of(runs).write(out, sampleBytes);
    return out.toString();
  }

  private static String embedded(String page, String id) {
    Matcher data =
        Pattern.compile(
                "<script type=\"application/json\" id=\"" + id + "\">(.*?)</script>",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(data.find()).isTrue();
    return data.group(1);
  }

  @Test
  void noTextOfADocumentCanEndTheScriptThatHoldsIt() throws IOException {
    String page = page(runs(ExampleRun.SMALL), 20_000_000);

    assertThat(embedded(page, "samples-data")).doesNotContain("<", ">", "&", "\u2028");
    assertThat(page.split("</script", -1)).hasSize(4);
    JsonNode first = JSON.readTree(embedded(page, "samples-data")).get(0);
    assertThat(first.at("/doc/choices/0").asText()).endsWith(" </script> & \"reed\"");
  }

  @Test
  void unpairedSurrogatesAndLineSeparatorsAreWrittenSafely() {
    String json = ScriptJson.of(Map.of("text", "\u2028 \ud83d </script>"));
    assertThat(json).doesNotContain("\u2028", "<");
    assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .contains("?");
  }

  @Test
  void thePageNamesNothingOutsideItself() throws IOException {
    String page = page(runs(ExampleRun.SMALL), 20_000_000);

    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "@import", "src=", "<link");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void promptsShareTheBeginningThatTheyHaveInCommon() throws IOException {
    String page = page(runs(ExampleRun.SMALL), 20_000_000);

    JsonNode prefix = JSON.readTree(embedded(page, "summary-data")).at("/tasks/0/prefixes/0");
    assertThat(prefix.asText())
        .startsWith("The following are questions")
        .endsWith("Answer: B\n\nNo. ");
    JsonNode rest = JSON.readTree(embedded(page, "samples-data")).at("/0/answers/0/prompts/0");
    assertThat(rest.asText()).startsWith("0: what grows").endsWith("\nAnswer:");
  }

  @Test
  void theSecondRunRepeatsNeitherDocumentNorPrompt() throws IOException {
    String page = page(runs(ExampleRun.SMALL, ExampleRun.LARGE), 20_000_000);

    JsonNode answers = JSON.readTree(embedded(page, "samples-data")).at("/0/answers");
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).has("prompts")).isTrue();
    assertThat(answers.get(1).has("prompts")).isFalse();
  }

  @Test
  void samplesBeyondTheBudgetAreLeftOutRightOnesFirstAndAlwaysTheSame() throws IOException {
    List<Run> runs = runs(ExampleRun.SMALL);
    long all =
        embedded(page(runs, 20_000_000), "samples-data").getBytes(StandardCharsets.UTF_8).length;

    String page = page(runs, all * 3 / 4);
    assertThat(page).isEqualTo(page(runs, all * 3 / 4));
    JsonNode samples = JSON.readTree(embedded(page, "samples-data"));
    JsonNode leftOut = JSON.readTree(embedded(page, "summary-data")).get("leftOut");
    assertThat(leftOut.get("items").asInt()).isEqualTo(160);
    assertThat(leftOut.get("shown").asInt()).isEqualTo(samples.size()).isLessThan(160);
    assertThat(leftOut.get("notable")).isEqualTo(leftOut.get("notableShown"));
    assertThat(embedded(page, "samples-data").getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo((int) (all * 3 / 4));

    JsonNode fewer = JSON.readTree(embedded(page(runs, all / 4), "summary-data")).get("leftOut");
    assertThat(fewer.get("notableShown").asInt()).isEqualTo(fewer.get("shown").asInt());
    assertThat(fewer.get("notableShown").asInt()).isLessThan(fewer.get("notable").asInt());
  }

  @Test
  void veryLongTextsLoseTheirMiddle() {
    String clipped = SampleJson.clip("a".repeat(30_000) + "b".repeat(30_000));
    assertThat(clipped).hasSizeLessThan(41_000).startsWith("aaa").endsWith("bbb");
    assertThat(clipped).contains("… 20,000 characters left out …");
  }

  @Test
  void modelsOfTheSameNameAreNumbered() throws IOException {
    Run run = runs(ExampleRun.SMALL).get(0);
    assertThat(RunNames.of(List.of(run, run))).containsExactly("mill-small (1)", "mill-small (2)");
    assertThat(RunNames.of(List.of(run))).containsExactly("mill-small");
  }
}
