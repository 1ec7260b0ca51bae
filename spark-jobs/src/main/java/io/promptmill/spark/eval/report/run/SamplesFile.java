package io.promptmill.spark.eval.report.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.report.run.Sample.Filtered;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code samples_<task>_<date>.jsonl}: one line for each document and filter. */
final class SamplesFile {
  private SamplesFile() {}

  /** Documents in the file's order, with the lines of all filters put together. */
  static List<Sample> read(FileSystem fileSystem, Path path) throws IOException {
    Map<Integer, Sample> samples = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fileSystem.open(path), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Place place = new Place(path.toString(), ++number);
        if (!line.isBlank()) {
          JsonNode json = place.object(line);
          Sample sample = SampleLine.parse(place, json);
          samples.merge(sample.docId(), sample, (one, other) -> together(place, one, other));
        }
      }
    }
    return List.copyOf(samples.values());
  }

  private static Sample together(Place place, Sample first, Sample more) {
    Filtered view = more.filtered().get(0);
    if (!first.docHash().equals(more.docHash())) {
      throw place.expected(
          "the doc_hash of the other lines of doc_id " + more.docId(), more.docHash(), null);
    }
    if (first.filtered().stream().anyMatch(other -> other.filter().equals(view.filter()))) {
      throw place.expected(
          "one line for each document and filter",
          "another one of doc_id " + more.docId() + " and '" + view.filter() + "'",
          null);
    }
    List<Filtered> all = new ArrayList<>(first.filtered());
    all.add(view);
    return new Sample(
        first.docId(),
        first.docHash(),
        first.doc(),
        first.target(),
        first.prompts(),
        first.continuations(),
        first.likelihoods(),
        first.texts(),
        List.copyOf(all),
        first.tokens(),
        first.error());
  }
}
