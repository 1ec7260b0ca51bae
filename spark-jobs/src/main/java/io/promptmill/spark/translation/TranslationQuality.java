package io.promptmill.spark.translation;

import io.promptmill.spark.io.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How well a table was translated: what was mended, and BLEU and chrF by target language. Executors
 * add up counts; no text comes to the driver.
 *
 * @param byLanguage tallies by {@link LanguageTag}; what rows say that is none is counted as one
 * @param compared whether there is a column of references
 */
public record TranslationQuality(Map<String, Tally> byLanguage, boolean compared) {
  private static final String OTHER = "other";

  /**
   * @param results rows with the column {@code translation}
   * @param referenceColumn null for none
   */
  public static TranslationQuality of(
      Dataset<Row> results, LanguageChoice target, String referenceColumn) {
    List<Column> columns = new ArrayList<>(List.of(Columns.col(Translation.RESULT)));
    columns.add(referenceColumn == null ? none() : Columns.col(referenceColumn));
    columns.add(
        target instanceof LanguageChoice.Column language ? Columns.col(language.column()) : none());
    String fixed =
        target instanceof LanguageChoice.Fixed language
            ? LanguageTag.of(language.language()).orElse(language.language())
            : OTHER;
    TreeMap<String, Tally> tallies =
        results
            .select(columns.toArray(Column[]::new))
            .javaRDD()
            .treeAggregate(
                new TreeMap<>(),
                (sums, row) -> {
                  String language =
                      row.isNullAt(2) ? fixed : LanguageTag.of(row.getString(2)).orElse(OTHER);
                  sums.computeIfAbsent(language, Tally::new)
                      .add(row.getStruct(0), row.getString(1));
                  return sums;
                },
                (left, right) -> {
                  right.forEach(
                      (language, tally) -> left.computeIfAbsent(language, Tally::new).add(tally));
                  return left;
                });
    return new TranslationQuality(tallies, referenceColumn != null);
  }

  private static Column none() {
    return functions.lit(null).cast("string");
  }

  private long sum(ToLongFunction<Tally> count) {
    return byLanguage.values().stream().mapToLong(count).sum();
  }

  /** For the console. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "segments %,d, of them %,d translated around what is protected, %,d left as in the source;"
                + " rows without a term of the glossary %,d",
            sum(Tally::segments),
            sum(Tally::fallback),
            sum(Tally::untranslated),
            sum(Tally::rowsMissingTerms)));
    if (compared) {
      byLanguage.forEach((language, tally) -> lines.add(line(language, tally)));
    }
    return lines;
  }

  private static String line(String language, Tally tally) {
    String uncounted =
        String.format(
            Locale.ROOT,
            "%,d rows, without reference %,d, failed %,d",
            tally.scored(),
            tally.withoutReference(),
            tally.failed());
    if (tally.scored() == 0) {
      return language + ": nothing to compare: " + uncounted;
    }
    return String.format(
        Locale.ROOT,
        "%s: BLEU %.2f (%s), chrF %.2f, chrF++ %.2f, equal %.1f %%: %s",
        language,
        tally.scores().get(0),
        tally.tokenizer(),
        tally.scores().get(1),
        tally.scores().get(2),
        100.0 * tally.exact() / tally.scored(),
        uncounted);
  }

  /** The same for the report. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("segments", sum(Tally::segments));
    values.put("fallbackSegments", sum(Tally::fallback));
    values.put("untranslatedSegments", sum(Tally::untranslated));
    values.put("rowsMissingTerms", sum(Tally::rowsMissingTerms));
    if (compared) {
      List<Map<String, Object>> scores = new ArrayList<>();
      byLanguage.forEach((language, tally) -> scores.add(values(language, tally)));
      values.put("scores", scores);
    }
    return values;
  }

  private static Map<String, Object> values(String language, Tally tally) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("targetLanguage", language);
    values.put("rowsCompared", tally.scored());
    values.put("rowsWithoutReference", tally.withoutReference());
    values.put("rowsFailed", tally.failed());
    if (tally.scored() > 0) {
      values.put("bleu", tally.scores().get(0));
      values.put("bleuTokenizer", tally.tokenizer());
      values.put("chrf", tally.scores().get(1));
      values.put("chrf++", tally.scores().get(2));
      values.put("equalShare", (double) tally.exact() / tally.scored());
    }
    return values;
  }
}
