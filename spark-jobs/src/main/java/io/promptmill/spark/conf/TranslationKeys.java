package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.escapedText;
import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.names;
import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;

/** Options of {@code translate}. */
public final class TranslationKeys {
  private static final String SECTION = "Translation";
  private static final String COLUMN = "COLUMN";

  public static final ConfKey<String> TARGET_LANGUAGE =
      new ConfKey<>(
          "targetLanguage",
          SECTION,
          text("LANGUAGE"),
          null,
          "to translate to, as a code such as zh or en-US, or by name");
  public static final ConfKey<String> TARGET_LANGUAGE_COLUMN =
      new ConfKey<>(
          "targetLanguageColumn", SECTION, text(COLUMN), null, "the same, of each row by itself");
  public static final ConfKey<String> SOURCE_LANGUAGE =
      new ConfKey<>(
          "sourceLanguage",
          SECTION,
          text("LANGUAGE"),
          null,
          "of the texts; without it the prompt does not say it");
  public static final ConfKey<String> SOURCE_LANGUAGE_COLUMN =
      new ConfKey<>(
          "sourceLanguageColumn", SECTION, text(COLUMN), null, "the same, of each row by itself");
  public static final ConfKey<String> GLOSSARY =
      new ConfKey<>(
          "glossary",
          SECTION,
          text("URI"),
          null,
          "terms and their translations: .csv, .tsv or .jsonl with the columns source and target");
  public static final ConfKey<String> GLOSSARY_COLUMN =
      new ConfKey<>(
          "glossaryColumn",
          SECTION,
          text(COLUMN),
          null,
          "the same, of each row by itself: map<string,string>, or a JSON object as text");
  public static final ConfKey<String> REFERENCE_COLUMN =
      new ConfKey<>(
          "referenceColumn",
          SECTION,
          text(COLUMN),
          null,
          "translations to compare with: BLEU and chrF");
  public static final ConfKey<List<String>> PROTECT =
      new ConfKey<>(
          "protect",
          SECTION,
          names("KIND,…"),
          "code,urls,emails,placeholders,markup,entities,numbers",
          "what a translation holds as it is; or none");
  public static final ConfKey<Integer> SEGMENT_CHARS =
      new ConfKey<>(
          "segmentChars",
          SECTION,
          integer(1),
          "1000",
          "characters that are translated at once at most; longer texts are cut between sentences");
  public static final ConfKey<Integer> SEGMENT_SENTENCES =
      new ConfKey<>(
          "segmentSentences",
          SECTION,
          integer(0),
          "0",
          "sentences that are translated at once at most; 0 for as many as fit");

  /** Under the name of {@link InferenceKeys#PROMPT_TEMPLATE}, over other columns. */
  public static final ConfKey<String> PROMPT_TEMPLATE =
      new ConfKey<>(
          InferenceKeys.PROMPT_TEMPLATE.name(),
          SECTION,
          escapedText("TEXT"),
          null,
          "instruction over {text}, {target_language}, {source_language} and {glossary}, in place of"
              + " the one that comes along; a user's turn where the checkpoint has a chat template");

  /** As {@link InferenceKeys#MAX_TOKENS}, for longer answers. */
  public static final ConfKey<Integer> MAX_TOKENS =
      new ConfKey<>(
          InferenceKeys.MAX_TOKENS.name(),
          InferenceKeys.MAX_TOKENS.section(),
          integer(1),
          "1024",
          "tokens of a segment's translation at most");

  static final List<ConfKey<?>> OWN =
      List.of(
          TARGET_LANGUAGE,
          TARGET_LANGUAGE_COLUMN,
          SOURCE_LANGUAGE,
          SOURCE_LANGUAGE_COLUMN,
          GLOSSARY,
          GLOSSARY_COLUMN,
          REFERENCE_COLUMN,
          PROTECT,
          SEGMENT_CHARS,
          SEGMENT_SENTENCES);

  /** How answers are drawn; one for each segment. */
  static final List<ConfKey<?>> GENERATION =
      List.of(
          MAX_TOKENS,
          InferenceKeys.MIN_TOKENS,
          InferenceKeys.TEMPERATURE,
          InferenceKeys.TOP_P,
          InferenceKeys.TOP_K,
          InferenceKeys.MIN_P,
          InferenceKeys.REPETITION_PENALTY,
          InferenceKeys.PRESENCE_PENALTY,
          InferenceKeys.FREQUENCY_PENALTY,
          InferenceKeys.STOP,
          InferenceKeys.STOP_TOKEN_IDS,
          InferenceKeys.IGNORE_EOS,
          InferenceKeys.SEED);

  private TranslationKeys() {}
}
