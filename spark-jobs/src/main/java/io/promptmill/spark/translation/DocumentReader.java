package io.promptmill.spark.translation;

import io.promptmill.spark.function.Languages;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads documents from rows, the same from the same row always. Not for several threads. */
final class DocumentReader implements Serializable {
  private static final long serialVersionUID = 1;

  /** Abbreviations of a language that nobody named. */
  private static final String LIKELY_LANGUAGE = "en";

  private final TranslationSettings settings;
  private transient Map<String, Sentences> sentences;

  DocumentReader(TranslationSettings settings) {
    this.settings = settings;
  }

  SourceDocument read(Row row) {
    String text = row.getAs(settings.textColumn());
    String source = settings.source().of(row);
    String target = settings.target().of(row);
    if (text == null) {
      return SourceDocument.unusable(expected(settings.textColumn(), "a text", "null"));
    }
    if (settings.source() instanceof LanguageChoice.Column column && isNone(source)) {
      return noLanguage(column, source);
    }
    if (settings.target() instanceof LanguageChoice.Column column && isNone(target)) {
      return noLanguage(column, target);
    }
    Glossary glossary;
    try {
      glossary = settings.glossary().of(row);
    } catch (IllegalArgumentException e) {
      return SourceDocument.unusable(e.getMessage());
    }
    SpannedText spanned = new SpannedText(text, settings.protectedSpans().find(text));
    return new SourceDocument(
        null,
        source == null ? null : Languages.name(source.strip()),
        Languages.name(target.strip()),
        glossary,
        spanned,
        new Segmenter(settings.limits()).pieces(spanned, sentences(source)));
  }

  private static boolean isNone(String language) {
    return language == null || language.isBlank();
  }

  private static SourceDocument noLanguage(LanguageChoice.Column column, String found) {
    return SourceDocument.unusable(
        expected(column.column(), "a language", found == null ? "null" : "'" + found + "'"));
  }

  private static String expected(String column, String expected, String found) {
    return "column '%s': expected %s, found %s".formatted(column, expected, found);
  }

  private Sentences sentences(String language) {
    if (sentences == null) {
      sentences = new HashMap<>();
    }
    String tag = Optional.ofNullable(language).flatMap(LanguageTag::of).orElse(LIKELY_LANGUAGE);
    return sentences.computeIfAbsent(tag, Sentences::new);
  }
}
