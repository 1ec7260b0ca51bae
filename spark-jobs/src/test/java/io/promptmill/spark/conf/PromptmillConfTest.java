package io.promptmill.spark.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptmillConfTest {

  private static PromptmillConf options(Map<String, List<String>> options) {
    return PromptmillConf.resolve(PromptmillKeys.ALL, options, Map.of());
  }

  private static PromptmillConf configuration(Map<String, String> configuration) {
    return PromptmillConf.resolve(PromptmillKeys.ALL, Map.of(), configuration);
  }

  @Test
  void defaults() {
    Map<String, Object> values = new HashMap<>();
    PromptmillConf conf = options(Map.of());
    for (ConfKey<?> key : PromptmillKeys.ALL) {
      conf.find(key).ifPresent(value -> values.put(key.name(), value));
      assertThat(conf.isSet(key)).isFalse();
    }
    assertThat(values)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("orderByPrefix", false),
                Map.entry("chat", false),
                Map.entry("overflow", "fail"),
                Map.entry("wholeText", false),
                Map.entry("tokenLogprobs", false),
                Map.entry("maxTokens", 256),
                Map.entry("minTokens", 0),
                Map.entry("temperature", 0.0),
                Map.entry("topP", 1.0),
                Map.entry("topK", 0),
                Map.entry("minP", 0.0),
                Map.entry("repetitionPenalty", 1.0),
                Map.entry("presencePenalty", 0.0),
                Map.entry("frequencyPenalty", 0.0),
                Map.entry("ignoreEos", false),
                Map.entry("n", 1),
                Map.entry("logprobs", -1),
                Map.entry("seed", 0L),
                Map.entry("multiLabel", false),
                Map.entry("threshold", 0.5),
                Map.entry("abstainBelow", 0.0),
                Map.entry("goldDelimiter", ","),
                Map.entry("rawPrompt", false),
                Map.entry("outputFormat", "parquet"),
                Map.entry("overwrite", false),
                Map.entry("show", 20),
                Map.entry("failOnError", false),
                Map.entry("progressSeconds", 5),
                Map.entry("dtype", "auto"),
                Map.entry("devices", List.of("cpu")),
                Map.entry("cacheBytes", 0L),
                Map.entry("maxStepTokens", 512),
                Map.entry("maxRunning", 256),
                Map.entry("maxSequenceTokens", 0),
                Map.entry("threads", 0),
                Map.entry("prefixCache", true),
                Map.entry("batchRows", 64),
                Map.entry("batchesInFlight", 8),
                Map.entry("eager", false),
                Map.entry(
                    "protect",
                    List.of(
                        "code", "urls", "emails", "placeholders", "markup", "entities", "numbers")),
                Map.entry("segmentChars", 1000),
                Map.entry("segmentSentences", 0),
                Map.entry("listTasks", false),
                Map.entry("offset", 0),
                Map.entry("applyChatTemplate", false),
                Map.entry("bootstrapIters", 100_000),
                Map.entry("deduplicate", true),
                Map.entry("pooling", "last"),
                Map.entry("maxRequests", 0),
                Map.entry("maxBytes", 0L),
                Map.entry("maxLineBytes", 16L << 20),
                Map.entry("singleFiles", false),
                Map.entry("layers", 4),
                Map.entry("only", List.of("load", "limits", "prefill", "decode", "mmlu", "gsm8k")),
                Map.entry("repeats", 3)));
  }

  /** Texts and the values that they stand for, for every key there is. */
  private static final Map<ConfKey<?>, Map.Entry<String, Object>> EXAMPLES =
      Map.ofEntries(
          example(PromptmillKeys.INPUT, "s3a://b/x", "s3a://b/x"),
          example(PromptmillKeys.INPUT_FORMAT, "csv", "csv"),
          example(PromptmillKeys.INPUT_OPTION, "sep=\\t", Map.of("sep", "\t")),
          example(PromptmillKeys.QUERY, "SELECT 1", "SELECT 1"),
          example(PromptmillKeys.LIMIT, "0", 0),
          example(PromptmillKeys.PARTITIONS, "8", 8),
          example(PromptmillKeys.ORDER_BY_PREFIX, "true", true),
          example(PresetKeys.PRESET, "moderation", "moderation"),
          example(InferenceKeys.PROMPT_COLUMN, "q", "q"),
          example(InferenceKeys.PROMPT_TEMPLATE, "{q}\\nA: \\frac", "{q}\nA: \\frac"),
          example(InferenceKeys.MESSAGES_COLUMN, "m", "m"),
          example(InferenceKeys.CHAT, "TRUE", true),
          example(InferenceKeys.SYSTEM_PROMPT, "be brief", "be brief"),
          example(InferenceKeys.OVERFLOW, "truncate-left", "truncate-left"),
          example(InferenceKeys.CANDIDATES_COLUMN, "a, b", List.of("a", "b")),
          example(InferenceKeys.CANDIDATES, " A, B", List.of(" A", " B")),
          example(InferenceKeys.WHOLE_TEXT, "true", true),
          example(InferenceKeys.TOKEN_LOGPROBS, "true", true),
          example(InferenceKeys.MAX_TOKENS, "48", 48),
          example(InferenceKeys.MIN_TOKENS, "3", 3),
          example(InferenceKeys.TEMPERATURE, "0.7", 0.7),
          example(InferenceKeys.TOP_P, "0.9", 0.9),
          example(InferenceKeys.TOP_K, "40", 40),
          example(InferenceKeys.MIN_P, "0.05", 0.05),
          example(InferenceKeys.REPETITION_PENALTY, "1.1", 1.1),
          example(InferenceKeys.PRESENCE_PENALTY, "-0.5", -0.5),
          example(InferenceKeys.FREQUENCY_PENALTY, "0.5", 0.5),
          example(InferenceKeys.STOP, "[\"\\n\\n\", \",\"]", List.of("\n\n", ",")),
          example(InferenceKeys.STOP_TOKEN_IDS, "1,2", List.of(1, 2)),
          example(InferenceKeys.IGNORE_EOS, "true", true),
          example(InferenceKeys.SAMPLES, "4", 4),
          example(InferenceKeys.LOGPROBS, "5", 5),
          example(InferenceKeys.SEED, "-9", -9L),
          example(InferenceKeys.CHOICE, "yes, sir", List.of("yes, sir")),
          example(InferenceKeys.REGEX, "[a-z]+\\n", "[a-z]+\\n"),
          example(InferenceKeys.JSON_SCHEMA, "s3a://b/schema.json", "s3a://b/schema.json"),
          example(InferenceKeys.TEXT_COLUMN, "review", "review"),
          example(ClassificationKeys.LABEL, "a=b, c", List.of("a=b, c")),
          example(ClassificationKeys.LABELS, "s3a://b/l.csv", "s3a://b/l.csv"),
          example(ClassificationKeys.MULTI_LABEL, "true", true),
          example(ClassificationKeys.THRESHOLD, "0.3", 0.3),
          example(ClassificationKeys.ABSTAIN_BELOW, "0.6", 0.6),
          example(ClassificationKeys.GOLD_COLUMN, "gold", "gold"),
          example(ClassificationKeys.GOLD_DELIMITER, ";", ";"),
          example(ClassificationKeys.RAW_PROMPT, "true", true),
          example(PromptmillKeys.OUTPUT, "hdfs:///o", "hdfs:///o"),
          example(PromptmillKeys.OUTPUT_FORMAT, "jsonl", "jsonl"),
          example(PromptmillKeys.OVERWRITE, "true", true),
          example(PromptmillKeys.SHOW, "5", 5),
          example(PromptmillKeys.FAIL_ON_ERROR, "true", true),
          example(PromptmillKeys.PROGRESS_SECONDS, "1", 1),
          example(PromptmillKeys.MODEL, "file:/m", "file:/m"),
          example(PromptmillKeys.DTYPE, "float32", "float32"),
          example(PromptmillKeys.DEVICES, "gpu:0,gpu:1", List.of("gpu:0", "gpu:1")),
          example(PromptmillKeys.CACHE_BYTES, "2GiB", 2L << 30),
          example(PromptmillKeys.MAX_STEP_TOKENS, "1024", 1024),
          example(PromptmillKeys.MAX_RUNNING, "64", 64),
          example(PromptmillKeys.MAX_SEQUENCE_TOKENS, "4096", 4096),
          example(PromptmillKeys.THREADS, "4", 4),
          example(PromptmillKeys.PREFIX_CACHE, "false", false),
          example(PromptmillKeys.BATCH_ROWS, "16", 16),
          example(PromptmillKeys.BATCHES_IN_FLIGHT, "2", 2),
          example(PromptmillKeys.EAGER, "true", true),
          example(TranslationKeys.TARGET_LANGUAGE, "zh", "zh"),
          example(TranslationKeys.TARGET_LANGUAGE_COLUMN, "to", "to"),
          example(TranslationKeys.SOURCE_LANGUAGE, "English", "English"),
          example(TranslationKeys.SOURCE_LANGUAGE_COLUMN, "from", "from"),
          example(TranslationKeys.GLOSSARY, "s3a://b/g.csv", "s3a://b/g.csv"),
          example(TranslationKeys.GLOSSARY_COLUMN, "g", "g"),
          example(TranslationKeys.REFERENCE_COLUMN, "r", "r"),
          example(TranslationKeys.PROTECT, "code, urls", List.of("code", "urls")),
          example(TranslationKeys.SEGMENT_CHARS, "400", 400),
          example(TranslationKeys.SEGMENT_SENTENCES, "1", 1),
          example(EvaluationKeys.TASKS, "mmlu, gsm8k*", List.of("mmlu", "gsm8k*")),
          example(EvaluationKeys.LIST_TASKS, "true", true),
          example(EvaluationKeys.INCLUDE_PATH, "hdfs:///t,x.yaml", List.of("hdfs:///t", "x.yaml")),
          example(EvaluationKeys.DATA, "s3a://b/data", "s3a://b/data"),
          example(EvaluationKeys.DATA_LOCATION, "mmlu=/m", Map.of("mmlu", "/m")),
          example(EvaluationKeys.SPLIT, "val", "val"),
          example(EvaluationKeys.OFFSET, "16", 16),
          example(EvaluationKeys.NUM_FEWSHOT, "0", 0),
          example(EvaluationKeys.MAX_LENGTH, "2048", 2048),
          example(EvaluationKeys.APPLY_CHAT_TEMPLATE, "true", true),
          example(EvaluationKeys.FEWSHOT_AS_MULTITURN, "false", false),
          example(EvaluationKeys.SYSTEM_INSTRUCTION, "be brief\\n", "be brief\n"),
          example(EvaluationKeys.BOOTSTRAP_ITERS, "0", 0),
          example(SqlKeys.DEDUPLICATE, "false", false),
          example(BenchmarkKeys.LAYERS, "2", 2),
          example(BenchmarkKeys.ONLY, "prefill,decode", List.of("prefill", "decode")),
          example(BenchmarkKeys.REPEATS, "5", 5),
          example(BenchmarkKeys.WORK_DIR, "/w", "/w"),
          example(BenchmarkKeys.JOBS, "jobs.json", "jobs.json"),
          example(BatchKeys.SERVED_MODEL_NAME, "mine", "mine"),
          example(BatchKeys.DEFAULT_MAX_TOKENS, "99", 99),
          example(BatchKeys.POOLING, "mean", "mean"),
          example(BatchKeys.MAX_REQUESTS, "50000", 50000),
          example(BatchKeys.MAX_BYTES, "200m", 200L << 20),
          example(BatchKeys.MAX_LINE_BYTES, "1m", 1L << 20),
          example(BatchKeys.SINGLE_FILES, "true", true),
          example(BatchKeys.CREATED, "1764000000", 1764000000L),
          example(CompareKeys.RUN, "/runs/a", List.of("/runs/a")));

  private static Map.Entry<ConfKey<?>, Map.Entry<String, Object>> example(
      ConfKey<?> key, String text, Object value) {
    return Map.entry(key, Map.entry(text, value));
  }

  @Test
  void everyKeyIsAnOptionAndTwoConfigurationKeys() {
    assertThat(EXAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(PromptmillKeys.ALL);
    EXAMPLES.forEach(
        (key, example) -> {
          String text = example.getKey();
          for (PromptmillConf conf :
              List.of(
                  options(Map.of(key.option(), List.of(text))),
                  configuration(Map.of("spark.promptmill." + key.name(), text)),
                  configuration(Map.of("promptmill." + key.name(), text)))) {
            assertThat(conf.find(key).map(Object.class::cast))
                .as(key.name())
                .contains(example.getValue());
            assertThat(conf.isSet(key)).isTrue();
          }
        });
  }

  @Test
  void optionNamesAreThoseThatStayFixed() {
    List<String> options = new ArrayList<>();
    PromptmillKeys.ALL.forEach(key -> options.add(key.option()));
    assertThat(options)
        .doesNotHaveDuplicates()
        .contains(
            "--model",
            "--input",
            "--input-format",
            "--output",
            "--output-format",
            "--prompt-column",
            "--prompt-template",
            "--messages-column",
            "--candidates-column",
            "--candidates",
            "--max-tokens",
            "--temperature",
            "--top-p",
            "--top-k",
            "--seed",
            "--stop",
            "--dtype",
            "--devices",
            "--limit",
            "--partitions",
            "--fail-on-error",
            "--ignore-eos");
  }

  @Test
  void anOptionComesBeforeItsKeyAndTheKeyBeforeTheDefault() {
    Map<String, String> configuration =
        Map.of("spark.promptmill.maxTokens", "7", "spark.promptmill.topK", "3");

    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.GENERATE, Map.of("--max-tokens", List.of("9")), configuration);

    assertThat(conf.get(InferenceKeys.MAX_TOKENS)).isEqualTo(9);
    assertThat(conf.get(InferenceKeys.TOP_K)).isEqualTo(3);
    assertThat(conf.get(InferenceKeys.MIN_TOKENS)).isZero();
  }

  @Test
  void aPresetComesBetweenTheConfigurationAndTheDefault() {
    Map<String, PresetValue> preset =
        Map.of(
            "--max-tokens", new PresetValue(List.of("5"), "p:1: max-tokens"),
            "--top-k", new PresetValue(List.of("6"), "p:2: top-k"),
            "--min-tokens", new PresetValue(List.of("7"), "p:3: min-tokens"));

    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.GENERATE,
            Map.of("--max-tokens", List.of("9")),
            Map.of("spark.promptmill.topK", "3"),
            preset);

    assertThat(conf.get(InferenceKeys.MAX_TOKENS)).isEqualTo(9);
    assertThat(conf.get(InferenceKeys.TOP_K)).isEqualTo(3);
    assertThat(conf.get(InferenceKeys.MIN_TOKENS)).isEqualTo(7);
    assertThat(conf.isSet(InferenceKeys.MIN_TOKENS)).as("given by the user").isFalse();
    assertThat(conf.asText()).containsEntry("minTokens", "7");
  }

  @Test
  void whatTheUserGivesTakesThePlaceOfAPresetsAlternative() {
    Map<String, PresetValue> preset =
        Map.of("--prompt-template", new PresetValue(List.of("{q}"), "p:1: prompt-template"));

    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.GENERATE,
            Map.of(),
            Map.of("spark.promptmill.promptColumn", "own"),
            preset);

    assertThat(conf.find(InferenceKeys.PROMPT_TEMPLATE)).isEmpty();
    assertThat(conf.find(InferenceKeys.PROMPT_COLUMN)).contains("own");
  }

  @Test
  void aBadValueOfAPresetNamesItsPlace() {
    Map<String, PresetValue> preset =
        Map.of("--max-tokens", new PresetValue(List.of("x"), "p.yaml:4: max-tokens"));

    assertThatThrownBy(
            () -> PromptmillConf.resolve(PromptmillKeys.GENERATE, Map.of(), Map.of(), preset))
        .hasMessage("p.yaml:4: max-tokens: expected a whole number from 1, found 'x'");
  }

  @Test
  void repeatedOptionsAddUp() {
    PromptmillConf conf =
        options(
            Map.of("--stop", List.of("\\n", "[INST]"), "--candidates-column", List.of("a", "b,c")));

    assertThat(conf.find(InferenceKeys.STOP)).contains(List.of("\n", "[INST]"));
    assertThat(conf.find(InferenceKeys.CANDIDATES_COLUMN)).contains(List.of("a", "b", "c"));
  }

  @Test
  void unknownKeysFailListingWhatExistsAndTheNearest() {
    assertThatThrownBy(() -> configuration(Map.of("spark.promptmill.maxTokns", "7")))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("'spark.promptmill.maxTokns' (did you mean 'maxTokens'?)")
        .hasMessageContaining("temperature")
        .hasMessageContaining("cacheBytes");
  }

  @Test
  void keysOfOthersAndOfOtherSubcommandsAreLetPass() {
    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.SCORE,
            Map.of(),
            Map.of("spark.executor.cores", "4", "spark.promptmill.maxTokens", "7"));

    assertThat(conf.isSet(PromptmillKeys.MODEL)).isFalse();
  }

  @Test
  void twoFormsOfOneKeyMustAgree() {
    assertThatThrownBy(
            () -> configuration(Map.of("spark.promptmill.topK", "1", "promptmill.topK", "2")))
        .hasMessageContaining("give one of them");
    assertThat(
            configuration(Map.of("spark.promptmill.topK", "1", "promptmill.topK", "1"))
                .get(InferenceKeys.TOP_K))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --max-tokens        | 0        | expected a whole number from 1, found '0'
          --max-tokens        | many     | expected a whole number from 1, found 'many'
          --temperature       | -1       | expected a number from 0, found '-1'
          --temperature       | NaN      | expected a number from 0, found 'NaN'
          --top-p             | 0        | expected a number above 0, at most 1, found '0'
          --min-p             | 1.5      | expected a number from 0 to 1, found '1.5'
          --dtype             | float31  | expected one of auto, bfloat16, float32, found 'float31' (did you mean 'float32'?)
          --cache-bytes       | 2 gig    | expected a size such as 512m or 2g, found '2 gig'
          --cache-bytes       | 99999999t | expected a size such as 512m or 2g, found '99999999t'
          --stop-token-ids    | 1,x      | expected whole numbers separated by commas, found '1,x'
          --input-option      | header   | expected key=value, or a JSON object, found 'header'
          --stop              | ["1      | expected a text, or a JSON array of texts, found '["1'
          --devices           | ','      | expected names separated by commas, found ','
          """)
  void badValuesNameTheOptionWhatWasExpectedAndWhatWasFound(
      String option, String text, String message) {
    assertThatThrownBy(() -> options(Map.of(option, List.of(text))))
        .isInstanceOf(PromptmillException.class)
        .hasMessage(option + ": " + message);
  }

  @Test
  void missingValuesNameTheOptionAndTheKey() {
    assertThatThrownBy(() -> options(Map.of()).get(PromptmillKeys.MODEL))
        .hasMessage("--model (or spark.promptmill.model) is missing");
  }
}
