package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.random.PythonRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Standard errors by drawing with replacement, with the draws of lm-evaluation-harness. */
final class Bootstrap {
  private static final int LARGEST_CHUNK = 1000;

  private Bootstrap() {}

  /**
   * Each chunk of draws has a generator seeded with the chunk's number.
   *
   * @param iterations at least 2; what does not fill a chunk of 1,000 is left out, as there
   */
  static double standardError(Aggregation.Corpus corpus, int iterations) {
    int chunk = Math.min(LARGEST_CHUNK, iterations);
    double[] scores =
        IntStream.range(0, iterations / chunk)
            .parallel()
            .mapToObj(seed -> scores(corpus, seed, chunk))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    return sampleDeviation(scores);
  }

  private static double[] scores(Aggregation.Corpus corpus, int seed, int count) {
    PythonRandom random = new PythonRandom(seed);
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = corpus.score(random.choices(corpus.size(), corpus.size()));
    }
    return scores;
  }

  /** Of a mean. */
  static double standardErrorOfMean(double[] figures) {
    return sampleDeviation(figures) / Math.sqrt(figures.length);
  }

  private static double sampleDeviation(double[] figures) {
    double mean = Aggregations.mean(figures);
    double squares = 0;
    for (double figure : figures) {
      squares += (figure - mean) * (figure - mean);
    }
    return Math.sqrt(squares / (figures.length - 1));
  }
}
