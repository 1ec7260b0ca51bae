package io.promptmill.spark.translation;

import java.io.Serializable;

/**
 * What to translate, and how.
 *
 * @param textColumn a text column
 * @param source language, needed only if the prompt says it
 * @param protectedSpans what stays as it is
 * @param glossaryText a text in which {@code {terms}} stands for the terms of a segment
 * @param failOnError whether a row that fails ends the job
 */
public record TranslationSettings(
    String textColumn,
    LanguageChoice source,
    LanguageChoice target,
    GlossaryChoice glossary,
    ProtectedSpans protectedSpans,
    SegmentLimits limits,
    String glossaryText,
    boolean failOnError)
    implements Serializable {}
