package io.promptmill.spark.eval.score;

import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Corpus chrF (Popović 2015) as sacreBLEU 2.6 computes it with one reference, in percent. White
 * space does not count in n-grams of characters. Arguments: {@code char_order} (6), {@code
 * word_order} (0; 2 makes it chrF++), {@code beta} (2), {@code lowercase}.
 */
final class ChrF implements CorpusScore {
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final int charOrder;
  private final int wordOrder;
  private final int beta;
  private final boolean lowercase;

  ChrF(Arguments arguments, int wordOrder) {
    this.charOrder = arguments.integer("char_order", 6);
    this.wordOrder = arguments.integer("word_order", wordOrder);
    this.beta = arguments.integer("beta", 2);
    this.lowercase = arguments.flag("lowercase");
  }

  /** For each order three counts: n-grams of the candidate, of the reference, and shared. */
  @Override
  public long[] counts(String generated, String referenceText) {
    String candidate = lowercase ? PythonText.lower(generated) : generated;
    String reference = lowercase ? PythonText.lower(referenceText) : referenceText;
    long[] counts = new long[3 * (charOrder + wordOrder)];
    List<String> candidateCharacters = characters(candidate);
    List<String> referenceCharacters = characters(reference);
    for (int order = 1; order <= charOrder; order++) {
      count(candidateCharacters, referenceCharacters, order, counts, 3 * (order - 1));
    }
    List<String> candidateWords = words(candidate);
    List<String> referenceWords = words(reference);
    for (int order = 1; order <= wordOrder; order++) {
      count(candidateWords, referenceWords, order, counts, 3 * (charOrder + order - 1));
    }
    return counts;
  }

  private static void count(
      List<String> candidate, List<String> reference, int order, long[] counts, int at) {
    NgramCounts candidateNgrams = new NgramCounts(candidate, order);
    NgramCounts referenceNgrams = new NgramCounts(reference, order);
    counts[at] = referenceNgrams.total() == 0 ? 0 : candidateNgrams.total();
    counts[at + 1] = referenceNgrams.total();
    counts[at + 2] = candidateNgrams.shared(referenceNgrams);
  }

  private static List<String> characters(String text) {
    return PythonText.characters(String.join("", PythonText.split(text)));
  }

  /** Words with one punctuation mark at the end, or else at the start, taken off. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : PythonText.split(text)) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  @Override
  public double score(long[] counts) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int at = 0; at < counts.length; at += 3) {
      if (counts[at] > 0 && counts[at + 1] > 0) {
        precision += (double) counts[at + 2] / counts[at];
        recall += (double) counts[at + 2] / counts[at + 1];
        orders++;
      }
    }
    if (orders == 0 || precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    int factor = beta * beta;
    double score = (1 + factor) * precision * recall;
    return 100 * (score / (factor * precision + recall));
  }
}
