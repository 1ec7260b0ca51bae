package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.python.PythonText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Corpus BLEU (Papineni et al. 2002) as sacreBLEU 2.6 computes it with one reference: orders 1 to
 * 4, exponential smoothing, in percent. Arguments: {@code tokenize} (13a, zh, char, none) and
 * {@code lowercase}.
 */
final class Bleu implements CorpusScore {
  private static final int ORDERS = 4;
  private static final double LOG_OF_ZERO = -9999999999.0;

  private final BleuTokenizer tokenizer;
  private final boolean lowercase;

  Bleu(Arguments arguments) {
    this.tokenizer = tokenizer(arguments.text("tokenize", BleuTokenizer.V13A.label()));
    this.lowercase = arguments.flag("lowercase");
  }

  private static BleuTokenizer tokenizer(String label) {
    return Arrays.stream(BleuTokenizer.values())
        .filter(tokenizer -> tokenizer.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new PromptmillException(
                    ErrorCode.OPTION_INVALID,
                    "metric 'bleu': unknown tokenize '%s'; known are %s"
                        .formatted(
                            label,
                            Arrays.stream(BleuTokenizer.values())
                                .map(BleuTokenizer::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** Lengths of candidate and reference in tokens, then for each order two counts. */
  @Override
  public long[] counts(String generated, String reference) {
    List<String> candidateTokens = tokens(generated);
    List<String> referenceTokens = tokens(reference);
    long[] counts = new long[2 + 2 * ORDERS];
    counts[0] = candidateTokens.size();
    counts[1] = referenceTokens.size();
    for (int order = 1; order <= ORDERS; order++) {
      NgramCounts ngrams = new NgramCounts(candidateTokens, order);
      counts[2 * order] = ngrams.total();
      counts[2 * order + 1] = ngrams.shared(new NgramCounts(referenceTokens, order));
    }
    return counts;
  }

  private List<String> tokens(String text) {
    return tokenizer.tokens(PythonText.stripEnd(lowercase ? PythonText.lower(text) : text));
  }

  @Override
  public double score(long[] sum) {
    long candidate = sum[0];
    long reference = sum[1];
    double smoothing = 1;
    double[] precisions = new double[ORDERS];
    boolean anyCorrect = false;
    for (int i = 0; i < ORDERS && sum[2 + 2 * i] > 0; i++) {
      long total = sum[2 + 2 * i];
      long correct = sum[3 + 2 * i];
      anyCorrect |= correct > 0;
      if (correct == 0) {
        smoothing *= 2;
        precisions[i] = 100.0 / (smoothing * total);
      } else {
        precisions[i] = 100.0 * correct / total;
      }
    }
    if (!anyCorrect) {
      return 0;
    }
    double brevity = candidate < reference ? StrictMath.exp(1 - (double) reference / candidate) : 1;
    double logs = 0;
    for (double precision : precisions) {
      logs += precision == 0 ? LOG_OF_ZERO : StrictMath.log(precision);
    }
    return brevity * StrictMath.exp(logs / ORDERS);
  }
}
