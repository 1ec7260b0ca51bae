package io.promptmill.spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.promptmill.spark.eval.report.Browser.Rendered;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of the page; skipped where there is none. */
class RenderedPageTest {
  @TempDir static Path temp;
  private static Browser browser;
  private static Path single;
  private static Path comparison;

  @BeforeAll
  static void writePages() throws IOException {
    Optional<Browser> found = Browser.find();
    assumeTrue(found.isPresent(), "no chromium on the PATH: the page was not rendered");
    browser = found.get();
    FileSystem local = FileSystem.getLocal(new Configuration());
    List<Run> runs = new ArrayList<>();
    for (ExampleRun example : List.of(ExampleRun.SMALL, ExampleRun.LARGE)) {
      runs.add(
          RunReader.read(local, new org.apache.hadoop.fs.Path(example.write(temp).toString())));
    }
    single = temp.resolve("single.html");
    comparison = temp.resolve("comparison.html");
    EvaluationReport.write(runs.subList(0, 1), local, hadoop(single));
    EvaluationReport.write(runs, local, hadoop(comparison));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }

  private static Rendered open(Path page, String view) throws Exception {
    Rendered rendered = browser.open(page, view);
    assertThat(rendered.console()).as("messages of the page's scripts").isEmpty();
    return rendered;
  }

  @Test
  void drawsScoresWarningsPlotsAndSamplesOfOneRun() throws Exception {
    Rendered page = open(single, "");

    assertThat(page.dom())
        .contains("<title>mill-small – evaluation report</title>")
        .contains("<h1>Evaluation of mill-small</h1>")
        .contains("<strong>0.4667</strong>") // of the group
        .contains("[0.352, 0.648]") // Wilson's for 20 of 40
        .contains("412,345", "94.3 %")
        .contains("1 item failed (botany); 3 prompts were cut to fit the model (harbours)")
        .contains("Reliability", "Margin to the next answer", "Length of answers")
        .contains("ECE 0.0")
        .contains("&lt;/script&gt; &amp; \"reed\"") // of a document, as text
        .doesNotContain("</script> &");
    assertThat(page.textOf("<p class=\"found\"")).isEqualTo("160 samples");
    assertThat(page.count("<details class=\"item\"")).isEqualTo(10);
    assertThat(page.dom()).contains("<section id=\"comparison\" hidden");
  }

  @Test
  void anAddressIsAViewOfTheSamples() throws Exception {
    Rendered wrong = open(single, "#wrong=1&task=lore_" + ExampleRun.SUBJECTS.get(0));
    assertThat(wrong.textOf("<p class=\"found\"")).isEqualTo("20 samples");
    assertThat(wrong.dom()).doesNotContain("class=\"verdict right\"", ">harbours #");

    Rendered failed = open(single, "#show=failed");
    assertThat(failed.textOf("<p class=\"found\"")).isEqualTo("1 sample");
    assertThat(failed.dom()).contains("failed, PROMPT_TOO_LONG: it has 9999 tokens");

    Rendered found = open(single, "#text=%E9%9D%92%E5%B2%A9&task=lore_%E5%90%8D%E5%B1%B1&page=2");
    assertThat(found.dom()).contains("page 2 of ");
    assertThat(found.textOf("<span class=\"snippet\"")).startsWith("第 ");
  }

  @Test
  void drawsDifferencesAndListsItemsThatFlippedSideBySide() throws Exception {
    Rendered page = open(comparison, "#flipped=1&task=lore_harbours&run=1");

    assertThat(page.dom())
        .contains("Comparison of evaluations")
        .contains("+0.3167") // of the group, over 120 pairs
        .contains("0.0117") // Holm's for the first subject
        .contains("the exact McNemar test");
    assertThat(page.textOf("<p class=\"found\"")).isEqualTo("22 samples"); // 17 up, 5 down
    assertThat(page.dom()).contains("<div class=\"answers several\">");
    assertThat(page.count("class=\"choices\"")).isEqualTo(2);
  }
}
