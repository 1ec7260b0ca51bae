package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;
import static io.promptmill.spark.conf.ValueTypes.bytes;
import static io.promptmill.spark.conf.ValueTypes.choice;
import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.names;
import static io.promptmill.spark.conf.ValueTypes.pairs;
import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;
import java.util.Map;

/**
 * All options: with {@link InferenceKeys}, {@link TranslationKeys}, {@link ClassificationKeys},
 * {@link BatchKeys}, {@link EvaluationKeys}, {@link BenchmarkKeys} and {@link CompareKeys} the one
 * table that command line, configuration and help are made from.
 */
public final class PromptmillKeys {
  private static final String INPUT_SECTION = "Input";

  public static final ConfKey<String> INPUT =
      new ConfKey<>(
          "input",
          INPUT_SECTION,
          text("URI"),
          null,
          "file or folder on any Hadoop file system; with --input-format table, a table's name");
  public static final ConfKey<String> INPUT_FORMAT =
      new ConfKey<>(
          "inputFormat",
          INPUT_SECTION,
          choice(List.of("parquet", "jsonl", "csv", "text", "orc", "table")),
          null,
          "guessed from the file name's extension where it is not given");
  public static final ConfKey<Map<String, String>> INPUT_OPTION =
      new ConfKey<>(
          "inputOption",
          INPUT_SECTION,
          pairs("KEY=VALUE"),
          null,
          "option of Spark's reader; CSV starts from header=true, multiLine=true, escape=\"");
  public static final ConfKey<String> QUERY =
      new ConfKey<>(
          "query",
          INPUT_SECTION,
          text("SQL"),
          null,
          "query that gives the rows, in place of --input");
  public static final ConfKey<Integer> LIMIT =
      new ConfKey<>(
          "limit",
          INPUT_SECTION,
          integer(0),
          null,
          "rows to take at most; for evaluate, documents of each task");
  public static final ConfKey<Integer> PARTITIONS =
      new ConfKey<>(
          "partitions",
          INPUT_SECTION,
          integer(1),
          null,
          "spread the rows evenly over N partitions");

  public static final ConfKey<Boolean> ORDER_BY_PREFIX =
      new ConfKey<>(
          "orderByPrefix",
          INPUT_SECTION,
          bool(),
          "false",
          "bring rows together whose prompts begin alike; changes the order of the rows");

  private static final String OUTPUT_SECTION = "Output";

  public static final ConfKey<String> OUTPUT =
      new ConfKey<>(
          "output",
          OUTPUT_SECTION,
          text("URI"),
          null,
          "folder to write, for benchmark a JSON file, for compare an HTML file; without it the table"
              + " is only printed");
  public static final ConfKey<String> OUTPUT_FORMAT =
      new ConfKey<>(
          "outputFormat",
          OUTPUT_SECTION,
          choice(List.of("parquet", "jsonl")),
          "parquet",
          "of files");
  public static final ConfKey<Boolean> OVERWRITE =
      new ConfKey<>(
          "overwrite",
          OUTPUT_SECTION,
          bool(),
          "false",
          "replace what --output holds; for evaluate, answer everything anew");
  public static final ConfKey<Integer> SHOW =
      new ConfKey<>(
          "show",
          OUTPUT_SECTION,
          integer(0),
          "20",
          "rows to print, and to compute, without --output");
  public static final ConfKey<Boolean> FAIL_ON_ERROR =
      new ConfKey<>(
          "failOnError",
          OUTPUT_SECTION,
          bool(),
          "false",
          "a row that fails ends the job with its error");
  public static final ConfKey<Integer> PROGRESS_SECONDS =
      new ConfKey<>(
          "progressSeconds", OUTPUT_SECTION, integer(0), "5", "between progress lines; 0 for none");

  private static final String MODEL_SECTION = "Model and engine";

  public static final ConfKey<String> MODEL =
      new ConfKey<>(
          "model",
          MODEL_SECTION,
          text("URI"),
          null,
          "checkpoint folder in the Hugging Face layout, or demo, which comes along; evaluate takes several");
  public static final ConfKey<String> DTYPE =
      new ConfKey<>(
          "dtype",
          MODEL_SECTION,
          choice(List.of("auto", "bfloat16", "float32")),
          "auto",
          "auto is bfloat16 where the device multiplies it natively");
  public static final ConfKey<List<String>> DEVICES =
      new ConfKey<>(
          "devices",
          MODEL_SECTION,
          names("DEVICE,…"),
          "cpu",
          "cpu, gpu (those that Spark gave to the executor), cpu:1, gpu:0, …; layers are split over"
              + " them");
  public static final ConfKey<Long> CACHE_BYTES =
      new ConfKey<>(
          "cacheBytes",
          MODEL_SECTION,
          bytes(),
          "0",
          "memory of an executor's latent cache; 0 is a sixteenth of the machine's memory, within"
              + " 256m and 16g");
  public static final ConfKey<Integer> MAX_STEP_TOKENS =
      new ConfKey<>(
          "maxStepTokens", MODEL_SECTION, integer(1), "512", "tokens of a forward pass at most");
  public static final ConfKey<Integer> MAX_RUNNING =
      new ConfKey<>(
          "maxRunning", MODEL_SECTION, integer(1), "256", "sequences in the batch at most");
  public static final ConfKey<Integer> MAX_SEQUENCE_TOKENS =
      new ConfKey<>(
          "maxSequenceTokens",
          MODEL_SECTION,
          integer(0),
          "0",
          "tokens of prompt and completion; 0 is the model's own limit");
  public static final ConfKey<Integer> THREADS =
      new ConfKey<>(
          "threads", MODEL_SECTION, integer(0), "0", "of the model; 0 is the JVM's processors");
  public static final ConfKey<Boolean> PREFIX_CACHE =
      new ConfKey<>(
          "prefixCache", MODEL_SECTION, bool(), "true", "share computed prefixes between rows");
  public static final ConfKey<Integer> BATCH_ROWS =
      new ConfKey<>("batchRows", MODEL_SECTION, integer(1), "64", "rows of an Arrow batch at most");
  public static final ConfKey<Integer> BATCHES_IN_FLIGHT =
      new ConfKey<>(
          "batchesInFlight",
          MODEL_SECTION,
          integer(1),
          "8",
          "batches that a task gives to the engine at the same time");
  public static final ConfKey<Boolean> EAGER =
      new ConfKey<>(
          "eager",
          MODEL_SECTION,
          bool(),
          "false",
          "open the model when an executor starts and not with its first row");

  private static final List<ConfKey<?>> INPUTS =
      List.of(INPUT, INPUT_FORMAT, INPUT_OPTION, QUERY, LIMIT, PARTITIONS, ORDER_BY_PREFIX);
  private static final List<ConfKey<?>> OUTPUTS =
      List.of(OUTPUT, OUTPUT_FORMAT, OVERWRITE, SHOW, FAIL_ON_ERROR, PROGRESS_SECONDS);

  /** Options of the model and of how tasks feed it. */
  public static final List<ConfKey<?>> ENGINE =
      List.of(
          MODEL,
          DTYPE,
          DEVICES,
          CACHE_BYTES,
          MAX_STEP_TOKENS,
          MAX_RUNNING,
          MAX_SEQUENCE_TOKENS,
          THREADS,
          PREFIX_CACHE,
          BATCH_ROWS,
          BATCHES_IN_FLIGHT,
          EAGER);

  /** Options of {@code generate}. */
  public static final List<ConfKey<?>> GENERATE =
      concat(
          List.of(
              INPUTS,
              PresetKeys.OWN,
              InferenceKeys.PROMPT,
              InferenceKeys.GENERATION,
              OUTPUTS,
              ENGINE));

  /** Options of {@code score}. */
  public static final List<ConfKey<?>> SCORE =
      concat(List.of(INPUTS, InferenceKeys.PROMPT, InferenceKeys.SCORING, OUTPUTS, ENGINE));

  /** Options of {@code translate}, whose segments have an order of their own. */
  public static final List<ConfKey<?>> TRANSLATE =
      concat(
          List.of(
              INPUTS.stream()
                  .filter(key -> !key.equals(ORDER_BY_PREFIX))
                  .<ConfKey<?>>map(k -> k)
                  .toList(),
              List.of(InferenceKeys.TEXT_COLUMN),
              TranslationKeys.OWN,
              List.of(TranslationKeys.PROMPT_TEMPLATE),
              TranslationKeys.GENERATION,
              OUTPUTS,
              ENGINE));

  /** Options of {@code classify}. */
  public static final List<ConfKey<?>> CLASSIFY =
      concat(
          List.of(
              INPUTS,
              PresetKeys.OWN,
              List.of(InferenceKeys.TEXT_COLUMN),
              ClassificationKeys.OWN,
              ClassificationKeys.PROMPT,
              OUTPUTS,
              ENGINE));

  /** Options of {@code presets}. */
  public static final List<ConfKey<?>> PRESETS = PresetKeys.OWN;

  /** Options of {@code benchmark}. */
  public static final List<ConfKey<?>> BENCHMARK =
      concat(List.of(BenchmarkKeys.OWN, List.of(OUTPUT, DTYPE, DEVICES, MAX_STEP_TOKENS, THREADS)));

  /** Options of {@code evaluate}. */
  public static final List<ConfKey<?>> EVALUATE =
      concat(
          List.of(
              List.of(EvaluationKeys.MODELS),
              EvaluationKeys.OWN,
              List.of(
                  EvaluationKeys.SEED,
                  LIMIT,
                  PARTITIONS,
                  OUTPUT,
                  OVERWRITE,
                  PROGRESS_SECONDS,
                  DTYPE,
                  DEVICES,
                  CACHE_BYTES,
                  MAX_STEP_TOKENS,
                  MAX_RUNNING,
                  THREADS,
                  PREFIX_CACHE,
                  BATCH_ROWS,
                  BATCHES_IN_FLIGHT)));

  /** Options of {@code compare}. */
  public static final List<ConfKey<?>> COMPARE =
      concat(List.of(CompareKeys.OWN, List.of(OUTPUT, OVERWRITE)));

  /** Options of {@code run-batch}. */
  public static final List<ConfKey<?>> RUN_BATCH =
      concat(
          List.of(
              List.of(INPUT, LIMIT, PARTITIONS),
              BatchKeys.OWN,
              List.of(InferenceKeys.SEED, OUTPUT, OVERWRITE, SHOW, FAIL_ON_ERROR, PROGRESS_SECONDS),
              ENGINE));

  /** Every option there is, each name once. */
  public static final List<ConfKey<?>> ALL =
      concat(
          List.of(
              INPUTS,
              PresetKeys.OWN,
              InferenceKeys.PROMPT,
              InferenceKeys.SCORING,
              InferenceKeys.GENERATION,
              List.of(InferenceKeys.TEXT_COLUMN),
              TranslationKeys.OWN,
              ClassificationKeys.OWN,
              OUTPUTS,
              ENGINE,
              EvaluationKeys.OWN,
              SqlKeys.OWN,
              BatchKeys.OWN,
              BenchmarkKeys.OWN,
              CompareKeys.OWN));

  private PromptmillKeys() {}

  private static List<ConfKey<?>> concat(List<List<ConfKey<?>>> lists) {
    return lists.stream().<ConfKey<?>>flatMap(List::stream).toList();
  }
}
