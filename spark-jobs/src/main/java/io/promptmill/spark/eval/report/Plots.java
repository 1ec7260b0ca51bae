package io.promptmill.spark.eval.report;

import static io.promptmill.spark.eval.report.ScriptJson.finite;

import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Sample.Likelihood;
import io.promptmill.spark.eval.report.statistic.Bins;
import io.promptmill.spark.eval.report.statistic.Calibration;
import io.promptmill.spark.eval.report.statistic.Confidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Distributions over a scope's items; null where there is nothing to show.
 *
 * @param prompts lengths of prompts
 * @param answers lengths of generated texts
 * @param confidence by run, of multiple-choice items
 */
record Plots(Lengths prompts, Lengths answers, List<Sureness> confidence) {
  private static final int MOST_BINS = 30;
  private static final int MARGIN_BINS = 20;

  /**
   * @param unit tokens, or characters where not every run tells tokens
   * @param counts by run and bin
   */
  record Lengths(String unit, long start, long width, List<int[]> counts) {}

  /**
   * @param items multiple-choice items
   * @param expectedError expected calibration error
   * @param bins items, mean confidence and share of right ones, of ten bins
   * @param right items by margin in equal bins of [0, 1]
   * @param wrong items by margin in equal bins of [0, 1]
   */
  record Sureness(
      int items, Double expectedError, List<List<Double>> bins, int[] right, int[] wrong) {}

  static Plots of(EvaluationReport report, Collection<String> tasks) {
    List<List<Sample>> byRun = new ArrayList<>();
    for (int run = 0; run < report.runs().size(); run++) {
      int index = run;
      byRun.add(
          tasks.stream()
              .flatMap(task -> report.items().getOrDefault(task, List.of()).stream())
              .flatMap(item -> item.samples().get(index).stream())
              .filter(sample -> sample.error().isEmpty())
              .toList());
    }
    return new Plots(
        lengths(byRun, sample -> true, use -> use.prompt(), Plots::promptCharacters),
        lengths(
            byRun,
            sample -> !sample.texts().isEmpty(),
            use -> use.completion(),
            Plots::answerCharacters),
        byRun.stream().map(Plots::sureness).toList());
  }

  private static long promptCharacters(Sample sample) {
    String prompt = sample.prompts().get(0);
    return prompt.codePointCount(0, prompt.length());
  }

  private static long answerCharacters(Sample sample) {
    return sample.texts().stream().mapToLong(text -> text.codePointCount(0, text.length())).sum();
  }

  private static Lengths lengths(
      List<List<Sample>> byRun,
      Function<Sample, Boolean> counts,
      ToLongFunction<Sample.TokenCounts> tokens,
      ToLongFunction<Sample> characters) {
    List<List<Sample>> counted =
        byRun.stream().map(samples -> samples.stream().filter(counts::apply).toList()).toList();
    boolean hasTokens =
        counted.stream().flatMap(List::stream).allMatch(sample -> sample.tokens().isPresent());
    ToLongFunction<Sample> length =
        hasTokens ? sample -> tokens.applyAsLong(sample.tokens().orElseThrow()) : characters;
    List<List<Long>> values =
        counted.stream()
            .map(samples -> samples.stream().map(length::applyAsLong).toList())
            .toList();
    List<Long> all = values.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return null;
    }
    Bins bins = Bins.over(all, MOST_BINS);
    return new Lengths(
        hasTokens ? "tokens" : "characters",
        bins.start(),
        bins.width(),
        values.stream().map(bins::counts).toList());
  }

  private static Sureness sureness(List<Sample> samples) {
    Calibration calibration = new Calibration();
    int[] right = new int[MARGIN_BINS];
    int[] wrong = new int[MARGIN_BINS];
    for (Sample sample : samples) {
      if (!sample.isChoice()) {
        continue;
      }
      Confidence confidence =
          Confidence.of(sample.likelihoods().stream().map(Likelihood::sum).toList());
      if (Double.isFinite(confidence.probability())) {
        boolean isRight = isRight(sample, confidence.chosen());
        calibration.add(confidence.probability(), isRight);
        int bin = Math.min(MARGIN_BINS - 1, (int) (confidence.margin() * MARGIN_BINS));
        (isRight ? right : wrong)[bin]++;
      }
    }
    if (calibration.items() == 0) {
      return null;
    }
    return new Sureness(
        calibration.items(),
        finite(calibration.expectedError()),
        calibration.bins().stream().map(Plots::bin).toList(),
        right,
        wrong);
  }

  private static List<Double> bin(Calibration.Bin bin) {
    return bin.items() == 0
        ? List.of(0.0)
        : List.of((double) bin.items(), bin.meanConfidence(), bin.shareRight());
  }

  /** As {@code acc} says, which compares the same sums; else by the target's index or text. */
  private static boolean isRight(Sample sample, int chosen) {
    return sample.filtered().stream()
        .flatMap(view -> Stream.ofNullable(view.metrics().get("acc")))
        .findFirst()
        .map(value -> value == 1)
        .orElseGet(
            () ->
                sample.target().equals(Integer.toString(chosen))
                    || sample.target().strip().equals(sample.continuations().get(chosen).strip()));
  }
}
