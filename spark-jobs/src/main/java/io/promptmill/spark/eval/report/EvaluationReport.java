package io.promptmill.spark.eval.report;

import io.promptmill.spark.eval.report.compare.Comparison;
import io.promptmill.spark.eval.report.compare.Item;
import io.promptmill.spark.eval.report.compare.Outline;
import io.promptmill.spark.eval.report.compare.Scope;
import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.io.Location;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One HTML file about one or several runs; it opens without a network and without a server.
 *
 * @param outline their tasks and groups
 * @param items their documents by task
 * @param comparisons of the first run with each other one
 */
public record EvaluationReport(
    List<Run> runs,
    List<Scope> outline,
    Map<String, List<Item>> items,
    List<Comparison> comparisons) {

  /** Samples that a page holds at most; a browser still reads that at once. */
  static final long SAMPLE_BYTES = 20_000_000;

  /**
   * @param runs at least one; the first is what the others are compared with
   */
  public static EvaluationReport of(List<Run> runs) {
    List<Scope> outline = Outline.of(runs);
    Map<String, List<Item>> items = Item.align(runs);
    return new EvaluationReport(
        List.copyOf(runs), outline, items, Comparison.of(runs, outline, items));
  }

  /** Writes the page for runs in one call. */
  public static void write(List<Run> runs, FileSystem fileSystem, Path file) throws IOException {
    of(runs).write(fileSystem, file);
  }

  /** Replaces the file. */
  public void write(FileSystem fileSystem, Path file) throws IOException {
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                Location.withoutChecksumFiles(fileSystem).create(file, true),
                StandardCharsets.UTF_8))) {
      write(out, SAMPLE_BYTES);
    }
  }

  /**
   * @param sampleBytes of UTF-8 that samples may take
   */
  void write(Writer out, long sampleBytes) throws IOException {
    TaskTable tasks = TaskTable.of(runs, outline, items);
    SampleChoice choice = SampleChoice.of(this, tasks, sampleBytes);
    Page.write(out, ScriptJson.of(Summary.of(this, tasks, choice.leftOut())), choice.json());
  }
}
