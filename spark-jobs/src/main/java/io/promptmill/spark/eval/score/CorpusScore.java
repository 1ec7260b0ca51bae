package io.promptmill.spark.eval.score;

import java.util.List;

/**
 * A score of generated texts against references that follows from counts alone. The counts of many
 * texts are the sums of theirs, so that a corpus of any size needs only one array.
 */
public interface CorpusScore extends Aggregation {

  /** What one text adds; always of the same length. */
  long[] counts(String generated, String reference);

  /**
   * @param sum of the counts of all texts
   * @return the score, in percent
   */
  double score(long[] sum);

  @Override
  default Corpus over(List<SampleValue> values) {
    List<long[]> counts =
        values.stream()
            .map(SampleValue.Texts.class::cast)
            .map(texts -> counts(texts.generated(), texts.reference()))
            .toList();
    return Aggregations.corpus(
        counts.size(),
        draw -> {
          long[] sum = new long[counts.get(0).length];
          for (int i : draw) {
            add(sum, counts.get(i));
          }
          return score(sum);
        });
  }

  /** Adds counts to a sum. */
  static void add(long[] sum, long[] counts) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
    }
  }
}
