package io.promptmill.spark.translation;

import io.promptmill.spark.eval.score.CorpusScore;
import io.promptmill.spark.eval.score.CorpusScores;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;

/** What there is to say of the translations into one language; tallies add up. */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1;

  /** Written in Chinese characters alone: sacreBLEU's tokenizer for Chinese parts them. */
  private static final Set<String> CHINESE = Set.of("Hans", "Hant", "Hani");

  /** Without blanks between words, and sacreBLEU has no tokenizer for them, or we have none. */
  private static final Set<String> BY_CHARACTER =
      Set.of("Jpan", "Hira", "Kana", "Bopo", "Thai", "Laoo", "Khmr", "Mymr", "Tibt");

  private final String tokenizer;
  private final List<long[]> sums;
  private long failed;
  private long scored;
  private long exact;
  private long segments;
  private long fallback;
  private long untranslated;
  private long rowsMissingTerms;
  private long withoutReference;

  /**
   * @param language a {@link LanguageTag}, or what is none
   */
  Tally(String language) {
    String script = LanguageTag.of(language).map(LanguageTag::script).orElse("");
    this.tokenizer =
        CHINESE.contains(script) ? "zh" : BY_CHARACTER.contains(script) ? "char" : "13a";
    this.sums = scores(tokenizer).stream().map(score -> score.counts("", "")).toList();
  }

  private static List<CorpusScore> scores(String tokenizer) {
    return List.of(CorpusScores.bleu(tokenizer), CorpusScores.chrF(), CorpusScores.chrFPlusPlus());
  }

  /**
   * @param translation a result
   * @param reference null where there is none
   */
  void add(Row translation, String reference) {
    segments += translation.<Integer>getAs("segments");
    fallback += translation.<Integer>getAs("fallback_segments");
    untranslated += translation.<Integer>getAs("untranslated_segments");
    if (translation.getAs("error") != null) {
      failed++;
      return;
    }
    rowsMissingTerms +=
        translation.getSeq(translation.fieldIndex("missing_terms")).isEmpty() ? 0 : 1;
    String text = translation.getAs("text");
    if (reference == null) {
      withoutReference++;
      return;
    }
    scored++;
    exact += text.equals(reference) ? 1 : 0;
    List<CorpusScore> scores = scores(tokenizer);
    for (int i = 0; i < scores.size(); i++) {
      CorpusScore.add(sums.get(i), scores.get(i).counts(text, reference));
    }
  }

  void add(Tally other) {
    failed += other.failed;
    scored += other.scored;
    exact += other.exact;
    segments += other.segments;
    fallback += other.fallback;
    untranslated += other.untranslated;
    rowsMissingTerms += other.rowsMissingTerms;
    withoutReference += other.withoutReference;
    for (int i = 0; i < sums.size(); i++) {
      CorpusScore.add(sums.get(i), other.sums.get(i));
    }
  }

  /** BLEU, chrF and chrF++ in percent. */
  List<Double> scores() {
    List<CorpusScore> scores = scores(tokenizer);
    return List.of(
        scores.get(0).score(sums.get(0)),
        scores.get(1).score(sums.get(1)),
        scores.get(2).score(sums.get(2)));
  }

  String tokenizer() {
    return tokenizer;
  }

  long failed() {
    return failed;
  }

  long scored() {
    return scored;
  }

  long exact() {
    return exact;
  }

  long segments() {
    return segments;
  }

  long fallback() {
    return fallback;
  }

  long untranslated() {
    return untranslated;
  }

  long rowsMissingTerms() {
    return rowsMissingTerms;
  }

  long withoutReference() {
    return withoutReference;
  }
}
