package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;
import static io.promptmill.spark.conf.ValueTypes.choice;
import static io.promptmill.spark.conf.ValueTypes.commaTexts;
import static io.promptmill.spark.conf.ValueTypes.escapedText;
import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.integers;
import static io.promptmill.spark.conf.ValueTypes.longInteger;
import static io.promptmill.spark.conf.ValueTypes.names;
import static io.promptmill.spark.conf.ValueTypes.number;
import static io.promptmill.spark.conf.ValueTypes.positive;
import static io.promptmill.spark.conf.ValueTypes.text;
import static io.promptmill.spark.conf.ValueTypes.texts;

import java.util.List;

/** Options that say what to compute for a row. */
public final class InferenceKeys {
  private static final double ANY = Double.MAX_VALUE;

  private static final String PROMPT_SECTION = "Prompt (one of the first three)";

  public static final ConfKey<String> PROMPT_COLUMN =
      new ConfKey<>("promptColumn", PROMPT_SECTION, text("COLUMN"), null, "text column, as it is");
  public static final ConfKey<String> PROMPT_TEMPLATE =
      new ConfKey<>(
          "promptTemplate",
          PROMPT_SECTION,
          escapedText("TEXT"),
          null,
          "text over columns, such as 'Question: {question}\\nAnswer:'; {{ and }} are braces,"
              + " \\n \\t \\\\ are escapes; for translate over {text}, {target_language},"
              + " {source_language} and {glossary}");
  public static final ConfKey<String> MESSAGES_COLUMN =
      new ConfKey<>(
          "messagesColumn",
          PROMPT_SECTION,
          text("COLUMN"),
          null,
          "conversation: array of struct<role,content>, or its JSON; uses the chat template");
  public static final ConfKey<Boolean> CHAT =
      new ConfKey<>(
          "chat",
          PROMPT_SECTION,
          bool(),
          "false",
          "wrap the prompt as a user's turn in the checkpoint's chat template");
  public static final ConfKey<String> SYSTEM_PROMPT =
      new ConfKey<>(
          "systemPrompt",
          PROMPT_SECTION,
          escapedText("TEXT"),
          null,
          "system turn for rows without one; needs --chat or --messages-column, for classify neither");

  public static final ConfKey<String> OVERFLOW =
      new ConfKey<>(
          "overflow",
          PROMPT_SECTION,
          choice(List.of("fail", "truncate-left")),
          "fail",
          "a prompt that is too long fails its row, or loses tokens from its left");

  /** What jobs over texts work on; they make prompts of them. */
  public static final ConfKey<String> TEXT_COLUMN =
      new ConfKey<>(
          "textColumn", "Text", text("COLUMN"), null, "texts to translate or to classify");

  private static final String CANDIDATES_SECTION = "Candidates (one of these)";

  public static final ConfKey<List<String>> CANDIDATES_COLUMN =
      new ConfKey<>(
          "candidatesColumn",
          CANDIDATES_SECTION,
          names("COLUMN"),
          null,
          "one array<string> column, or several text columns with one candidate each");
  public static final ConfKey<List<String>> CANDIDATES =
      new ConfKey<>(
          "candidates",
          CANDIDATES_SECTION,
          commaTexts("TEXT,…"),
          null,
          "the same candidates for all rows; blanks count: ' A, B'; or a JSON array");
  public static final ConfKey<Boolean> WHOLE_TEXT =
      new ConfKey<>(
          "wholeText",
          CANDIDATES_SECTION,
          bool(),
          "false",
          "no candidates: score the prompt itself, in rolling windows where it is long");
  public static final ConfKey<Boolean> TOKEN_LOGPROBS =
      new ConfKey<>(
          "tokenLogprobs", "Scores", bool(), "false", "write the log-probability of every token");

  private static final String GENERATE_SECTION = "Generation";

  public static final ConfKey<Integer> MAX_TOKENS =
      new ConfKey<>(
          "maxTokens",
          GENERATE_SECTION,
          integer(1),
          "256",
          "tokens of a completion at most; for translate of a segment, 1024 by default");
  public static final ConfKey<Integer> MIN_TOKENS =
      new ConfKey<>(
          "minTokens", GENERATE_SECTION, integer(0), "0", "tokens before a completion may end");
  public static final ConfKey<Double> TEMPERATURE =
      new ConfKey<>(
          "temperature", GENERATE_SECTION, number(0, ANY), "0", "0 takes the likeliest token");
  public static final ConfKey<Double> TOP_P =
      new ConfKey<>(
          "topP",
          GENERATE_SECTION,
          positive(1),
          "1",
          "smallest set of likely tokens with this probability");
  public static final ConfKey<Integer> TOP_K =
      new ConfKey<>(
          "topK", GENERATE_SECTION, integer(0), "0", "the K likeliest tokens; 0 takes all");
  public static final ConfKey<Double> MIN_P =
      new ConfKey<>(
          "minP",
          GENERATE_SECTION,
          number(0, 1),
          "0",
          "drop tokens less likely than this share of the likeliest");
  public static final ConfKey<Double> REPETITION_PENALTY =
      new ConfKey<>(
          "repetitionPenalty",
          GENERATE_SECTION,
          positive(ANY),
          "1",
          "divides logits of tokens that occurred; 1 is none");
  public static final ConfKey<Double> PRESENCE_PENALTY =
      new ConfKey<>(
          "presencePenalty",
          GENERATE_SECTION,
          number(-ANY, ANY),
          "0",
          "taken once from logits of tokens in the completion");
  public static final ConfKey<Double> FREQUENCY_PENALTY =
      new ConfKey<>(
          "frequencyPenalty",
          GENERATE_SECTION,
          number(-ANY, ANY),
          "0",
          "taken from them for each occurrence");
  public static final ConfKey<List<String>> STOP =
      new ConfKey<>(
          "stop",
          GENERATE_SECTION,
          texts("TEXT"),
          null,
          "text that ends a completion; \\n \\t \\\\ are escapes");
  public static final ConfKey<List<Integer>> STOP_TOKEN_IDS =
      new ConfKey<>(
          "stopTokenIds", GENERATE_SECTION, integers(), null, "token ids that end a completion");
  public static final ConfKey<Boolean> IGNORE_EOS =
      new ConfKey<>(
          "ignoreEos", GENERATE_SECTION, bool(), "false", "go on after the end-of-sequence token");
  public static final ConfKey<Integer> SAMPLES =
      new ConfKey<>("n", GENERATE_SECTION, integer(1), "1", "completions of each prompt");
  public static final ConfKey<Integer> LOGPROBS =
      new ConfKey<>(
          "logprobs",
          GENERATE_SECTION,
          integer(-1),
          "-1",
          "log-probabilities of tokens with N alternatives each; -1 for none");
  public static final ConfKey<Long> SEED =
      new ConfKey<>(
          "seed",
          GENERATE_SECTION,
          longInteger(),
          "0",
          "same seed, model and row: same completion, whatever the partitions; for evaluate 1234 by"
              + " default, and examples are chosen with it");

  private static final String FORM_SECTION = "Form of the completion (one of these)";

  public static final ConfKey<List<String>> CHOICE =
      new ConfKey<>(
          "choice",
          FORM_SECTION,
          texts("TEXT"),
          null,
          "the completion is one of these texts; \\n \\t \\\\ are escapes");
  public static final ConfKey<String> REGEX =
      new ConfKey<>(
          "regex",
          FORM_SECTION,
          text("REGEX"),
          null,
          "the whole completion matches this regular expression");
  public static final ConfKey<String> JSON_SCHEMA =
      new ConfKey<>(
          "jsonSchema",
          FORM_SECTION,
          text("JSON|URI"),
          null,
          "the completion is JSON that is valid against this schema: the schema itself or, where it"
              + " does not begin with {, the URI of its file");

  static final List<ConfKey<?>> PROMPT =
      List.of(PROMPT_COLUMN, PROMPT_TEMPLATE, MESSAGES_COLUMN, CHAT, SYSTEM_PROMPT, OVERFLOW);

  static final List<ConfKey<?>> GENERATION =
      List.of(
          MAX_TOKENS,
          MIN_TOKENS,
          TEMPERATURE,
          TOP_P,
          TOP_K,
          MIN_P,
          REPETITION_PENALTY,
          PRESENCE_PENALTY,
          FREQUENCY_PENALTY,
          STOP,
          STOP_TOKEN_IDS,
          IGNORE_EOS,
          SAMPLES,
          LOGPROBS,
          SEED,
          CHOICE,
          REGEX,
          JSON_SCHEMA);

  static final List<ConfKey<?>> SCORING =
      List.of(CANDIDATES_COLUMN, CANDIDATES, WHOLE_TEXT, TOKEN_LOGPROBS);

  private InferenceKeys() {}
}
