package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.InferenceKeys;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.conf.TranslationKeys;
import io.promptmill.spark.function.Prompts;
import io.promptmill.spark.translation.LanguageChoice;
import io.promptmill.spark.translation.ProtectedSpans;
import io.promptmill.spark.translation.SegmentLimits;
import io.promptmill.spark.translation.SpanKind;
import io.promptmill.spark.translation.Translation;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the options of {@code translate} mean. */
record TranslationOptions(PromptmillConf conf) {
  private static final String NONE = "none";

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the options do not fit
   *     together
   */
  void check() {
    conf.get(InferenceKeys.TEXT_COLUMN);
    target();
    source();
    protectedSpans();
    boolean file = conf.find(TranslationKeys.GLOSSARY).isPresent();
    boolean column = conf.find(TranslationKeys.GLOSSARY_COLUMN).isPresent();
    if (file && column) {
      throw invalid("expected one of --glossary and --glossary-column, found both");
    }
    InferSpec spec = spec();
    InferSpecs.validate(spec);
    List<String> used = InferSpecs.promptColumns(spec.prompt());
    for (String name : used) {
      if (!Translation.PROMPT_COLUMNS.contains(name)) {
        throw template(
            "only {" + String.join("}, {", Translation.PROMPT_COLUMNS) + "}", "{" + name + "}");
      }
    }
    if (!used.contains("text")) {
      throw template("{text}", "none");
    }
    if ((file || column) && !used.contains("glossary")) {
      throw template("{glossary}, as there is a glossary", "none");
    }
    if (used.contains("source_language") && source() instanceof LanguageChoice.Unsaid) {
      throw invalid(
          "expected --source-language or --source-language-column, which --prompt-template says,"
              + " found neither");
    }
  }

  private static PromptmillException template(String expected, String found) {
    return invalid("--prompt-template: expected %s, found %s".formatted(expected, found));
  }

  String textColumn() {
    return conf.get(InferenceKeys.TEXT_COLUMN);
  }

  LanguageChoice target() {
    return Specs.one(
        languages(TranslationKeys.TARGET_LANGUAGE, TranslationKeys.TARGET_LANGUAGE_COLUMN),
        conf,
        List.of(TranslationKeys.TARGET_LANGUAGE, TranslationKeys.TARGET_LANGUAGE_COLUMN));
  }

  LanguageChoice source() {
    List<LanguageChoice> given =
        languages(TranslationKeys.SOURCE_LANGUAGE, TranslationKeys.SOURCE_LANGUAGE_COLUMN);
    return given.isEmpty()
        ? new LanguageChoice.Unsaid()
        : Specs.one(
            given,
            conf,
            List.of(TranslationKeys.SOURCE_LANGUAGE, TranslationKeys.SOURCE_LANGUAGE_COLUMN));
  }

  private List<LanguageChoice> languages(ConfKey<String> fixed, ConfKey<String> column) {
    List<LanguageChoice> given = new ArrayList<>();
    conf.find(fixed).ifPresent(language -> given.add(fixed(fixed, language)));
    conf.find(column).ifPresent(name -> given.add(new LanguageChoice.Column(name)));
    return given;
  }

  private static LanguageChoice fixed(ConfKey<String> option, String language) {
    if (language.isBlank()) {
      throw invalid("%s: expected a language, found '%s'".formatted(option.option(), language));
    }
    return new LanguageChoice.Fixed(language);
  }

  ProtectedSpans protectedSpans() {
    Set<SpanKind> kinds = EnumSet.noneOf(SpanKind.class);
    List<String> names = conf.get(TranslationKeys.PROTECT);
    if (names.equals(List.of(NONE))) {
      return new ProtectedSpans(kinds);
    }
    for (String name : names) {
      kinds.add(
          SpanKind.labelled(name)
              .orElseThrow(
                  () ->
                      invalid(
                          "--protect: expected %s or none, found '%s'%s"
                              .formatted(
                                  String.join(", ", SpanKind.labels()),
                                  name,
                                  NearestName.hint(name, SpanKind.labels())))));
    }
    return new ProtectedSpans(kinds);
  }

  SegmentLimits limits() {
    return new SegmentLimits(
        conf.get(TranslationKeys.SEGMENT_CHARS), conf.get(TranslationKeys.SEGMENT_SENTENCES));
  }

  InferSpec.Generate spec() {
    String packaged = source() instanceof LanguageChoice.Unsaid ? "translate" : "translate_from";
    return Specs.translate(
        conf, conf.find(TranslationKeys.PROMPT_TEMPLATE).orElseGet(() -> Prompts.of(packaged)));
  }

  String glossaryText() {
    return Prompts.of("translate_glossary");
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
