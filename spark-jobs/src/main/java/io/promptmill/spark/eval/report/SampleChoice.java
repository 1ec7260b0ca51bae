package io.promptmill.spark.eval.report;

import io.promptmill.spark.eval.report.compare.Item;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Score;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The samples that a page has room for: all of them, or else first those that failed, were cut or
 * changed between runs, then wrong ones, then the rest, each in the order of the documents' hashes,
 * which is as good as drawn by lot and always the same.
 *
 * @param json items in the page's order
 */
record SampleChoice(List<String> json, LeftOut leftOut) {

  /**
   * @param items documents there are
   * @param shown documents in the page
   * @param notable documents that failed, were cut, changed or were answered wrong
   * @param notableShown those of them in the page
   * @param megabytes bound of the page's samples
   */
  record LeftOut(int items, int shown, int notable, int notableShown, double megabytes) {}

  private record Candidate(int order, int rank, Item item) {}

  static SampleChoice of(EvaluationReport report, TaskTable tasks, long mostBytes) {
    List<Candidate> candidates = new ArrayList<>();
    for (TaskTable.Entry task : tasks.entries().values()) {
      for (Item item : report.items().getOrDefault(task.name(), List.of())) {
        candidates.add(new Candidate(candidates.size(), rank(item, task.primary()), item));
      }
    }
    int notable = (int) candidates.stream().filter(SampleChoice::isNotable).count();
    List<Candidate> byRank = new ArrayList<>(candidates);
    byRank.sort(
        Comparator.comparingInt(Candidate::rank)
            .thenComparing(candidate -> candidate.item().docHash())
            .thenComparingInt(Candidate::order));
    Map<Integer, String> chosen = new TreeMap<>();
    long bytes = 0;
    int notableShown = 0;
    for (Candidate candidate : byRank) {
      String json = SampleJson.of(candidate.item(), tasks.get(candidate.item().task()));
      bytes += json.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > mostBytes) {
        break;
      }
      chosen.put(candidate.order(), json);
      notableShown += isNotable(candidate) ? 1 : 0;
    }
    return new SampleChoice(
        List.copyOf(chosen.values()),
        new LeftOut(candidates.size(), chosen.size(), notable, notableShown, mostBytes / 1e6));
  }

  private static boolean isNotable(Candidate candidate) {
    return candidate.rank() < 2;
  }

  private static int rank(Item item, Optional<Score> primary) {
    List<Sample> samples = item.samples().stream().flatMap(Optional::stream).toList();
    if (samples.stream().anyMatch(SampleChoice::isBroken)) {
      return 0;
    }
    if (primary.isEmpty()) {
      return 2;
    }
    List<Double> values =
        samples.stream()
            .map(sample -> sample.value(primary.get().metric(), primary.get().filter()))
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    if (values.stream().anyMatch(value -> !Objects.equals(value, values.get(0)))) {
      return 0;
    }
    return values.contains(0.0) ? 1 : 2;
  }

  private static boolean isBroken(Sample sample) {
    return sample.error().isPresent()
        || sample.tokens().map(Sample.TokenCounts::truncated).orElse(0L) > 0;
  }
}
