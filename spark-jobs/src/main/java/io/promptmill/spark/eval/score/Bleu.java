package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.python.PythonText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Corpus BLEU (Papineni et al. 2002) as sacreBLEU 2.6 computes it with one reference: orders 1 to
 * 4, exponential smoothing, in percent. Arguments: {@code tokenize} (13a, zh, char, none) and
 * {@code lowercase}.
 */
final class Bleu implements Aggregation {
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

  @Override
  public Corpus over(List<SampleValue> values) {
    List<Counts> counts = values.stream().map(value -> counts((SampleValue.Texts) value)).toList();
    return Aggregations.corpus(
        counts.size(),
        draw -> {
          Counts sum = new Counts(0, 0, new long[ORDERS], new long[ORDERS]);
          for (int i : draw) {
            sum = sum.plus(counts.get(i));
          }
          return score(sum);
        });
  }

  /** Lengths in tokens, and for each order the n-grams of the candidate and those matched. */
  private record Counts(long candidate, long reference, long[] total, long[] correct) {
    Counts plus(Counts other) {
      return new Counts(
          candidate + other.candidate,
          reference + other.reference,
          sum(total, other.total),
          sum(correct, other.correct));
    }

    private static long[] sum(long[] a, long[] b) {
      return IntStream.range(0, a.length).mapToLong(i -> a[i] + b[i]).toArray();
    }
  }

  private Counts counts(SampleValue.Texts texts) {
    List<String> candidate = tokens(texts.generated());
    List<String> reference = tokens(texts.reference());
    long[] total = new long[ORDERS];
    long[] correct = new long[ORDERS];
    for (int order = 1; order <= ORDERS; order++) {
      NgramCounts ngrams = new NgramCounts(candidate, order);
      total[order - 1] = ngrams.total();
      correct[order - 1] = ngrams.shared(new NgramCounts(reference, order));
    }
    return new Counts(candidate.size(), reference.size(), total, correct);
  }

  private List<String> tokens(String text) {
    return tokenizer.tokens(PythonText.stripEnd(lowercase ? PythonText.lower(text) : text));
  }

  private static double score(Counts sum) {
    if (Arrays.stream(sum.correct()).allMatch(count -> count == 0)) {
      return 0;
    }
    double brevity =
        sum.candidate() < sum.reference()
            ? StrictMath.exp(1 - (double) sum.reference() / sum.candidate())
            : 1;
    double smoothing = 1;
    double[] precisions = new double[ORDERS];
    for (int i = 0; i < ORDERS && sum.total()[i] > 0; i++) {
      if (sum.correct()[i] == 0) {
        smoothing *= 2;
        precisions[i] = 100.0 / (smoothing * sum.total()[i]);
      } else {
        precisions[i] = 100.0 * sum.correct()[i] / sum.total()[i];
      }
    }
    double logs = 0;
    for (double precision : precisions) {
      logs += precision == 0 ? LOG_OF_ZERO : StrictMath.log(precision);
    }
    return brevity * StrictMath.exp(logs / ORDERS);
  }
}
