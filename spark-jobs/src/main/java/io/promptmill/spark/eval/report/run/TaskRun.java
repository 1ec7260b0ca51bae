package io.promptmill.spark.eval.report.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One task's scores and items.
 *
 * @param version of the task's definition
 * @param fewShot examples in a prompt
 * @param scores in the file's order; the first one decides what is right and wrong
 * @param samples by document; empty where the run logged none
 */
public record TaskRun(
    String name,
    String alias,
    String version,
    OptionalInt fewShot,
    Counts counts,
    List<Score> scores,
    List<Sample> samples) {
  private static final double MEAN_TOLERANCE = 1e-6;

  public TaskRun {
    scores = List.copyOf(scores);
    samples = List.copyOf(samples);
  }

  /**
   * Whether a score is the mean of its items' values, as {@code acc} is; a perplexity, whose items
   * have log-likelihoods, is not. True where no item has a value.
   */
  public boolean isMean(Score score) {
    double sum = 0;
    int items = 0;
    for (Sample sample : samples) {
      OptionalDouble value = sample.value(score.metric(), score.filter());
      sum += value.orElse(0);
      items += value.isPresent() ? 1 : 0;
    }
    double tolerance = MEAN_TOLERANCE * Math.max(1, Math.abs(score.value()));
    return items == 0 || Math.abs(sum / items - score.value()) <= tolerance;
  }

  /** What deserves a look; a count that the files do not tell is absent. */
  public record Counts(
      int items,
      OptionalInt failed,
      OptionalInt truncatedPrompts,
      OptionalInt emptyAnswers,
      OptionalInt invalidExtractions) {}
}
