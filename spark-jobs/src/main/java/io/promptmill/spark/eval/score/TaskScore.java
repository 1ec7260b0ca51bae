package io.promptmill.spark.eval.score;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of one task.
 *
 * @param samples by pipeline, then by document
 * @param scores by pipeline, then by metric; a metric without any sample has none
 */
public record TaskScore(
    TaskRun run, List<SampleScore> samples, List<MetricScore> scores, Sanity sanity) {
  public TaskScore {
    samples = List.copyOf(samples);
    scores = List.copyOf(scores);
  }

  /**
   * What a mean would hide.
   *
   * @param items asked
   * @param failed items without answer, which are in no score
   * @param truncatedPrompts items whose context was cut to fit
   * @param emptyAnswers items with a generated text of white space alone
   * @param notExtracted items in which a pipeline found no answer, by pipeline
   * @param invalidExtractions items in which at least one pipeline found no answer
   */
  public record Sanity(
      int items,
      int failed,
      int truncatedPrompts,
      int emptyAnswers,
      int invalidExtractions,
      Map<String, Integer> notExtracted) {}

  public String name() {
    return run.task().name();
  }

  /** Samples that were scored, by the metric with the most. */
  public int scored() {
    return scores.stream().mapToInt(MetricScore::samples).max().orElse(0);
  }

  public Optional<MetricScore> score(String key) {
    return scores.stream().filter(score -> score.key().equals(key)).findFirst();
  }
}
