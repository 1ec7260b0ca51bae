package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;
import static io.promptmill.spark.conf.ValueTypes.escapedText;
import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.longInteger;
import static io.promptmill.spark.conf.ValueTypes.names;
import static io.promptmill.spark.conf.ValueTypes.pairs;
import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;
import java.util.Map;

/** Options of {@code evaluate}. */
public final class EvaluationKeys {
  private static final String SECTION = "Evaluation";

  /** {@link PromptmillKeys#MODEL}, several of them. */
  public static final ConfKey<List<String>> MODELS =
      new ConfKey<>(
          PromptmillKeys.MODEL.name(),
          SECTION,
          names("URI,…"),
          null,
          "checkpoint folders in the Hugging Face layout, evaluated one after the other");

  public static final ConfKey<List<String>> TASKS =
      new ConfKey<>(
          "tasks",
          SECTION,
          names("NAME,…"),
          null,
          "names of tasks, groups and tags; * and ? stand for any characters");
  public static final ConfKey<Boolean> LIST_TASKS =
      new ConfKey<>("listTasks", SECTION, bool(), "false", "print what --tasks can name, and end");
  public static final ConfKey<List<String>> INCLUDE_PATH =
      new ConfKey<>(
          "includePath",
          SECTION,
          names("URI,…"),
          null,
          "task files of your own, or folders with such");
  public static final ConfKey<String> DATA =
      new ConfKey<>(
          "data", SECTION, text("URI"), null, "folder that has one folder for each suite's files");
  public static final ConfKey<Map<String, String>> DATA_LOCATION =
      new ConfKey<>(
          "dataLocation",
          SECTION,
          pairs("SUITE=URI"),
          null,
          "folder or file of one suite, in place of its folder under --data");
  public static final ConfKey<String> SPLIT =
      new ConfKey<>(
          "split",
          SECTION,
          text("NAME"),
          null,
          "split to evaluate, such as val; without it the task's own");
  public static final ConfKey<Integer> OFFSET =
      new ConfKey<>(
          "offset", SECTION, integer(0), "0", "documents of each task to pass over at first");
  public static final ConfKey<Integer> NUM_FEWSHOT =
      new ConfKey<>(
          "numFewshot",
          SECTION,
          integer(0),
          null,
          "examples in each prompt; without it as many as the task says");
  public static final ConfKey<Integer> MAX_LENGTH =
      new ConfKey<>(
          "maxLength",
          SECTION,
          integer(2),
          null,
          "tokens that contexts are cut to from their left; without it the model's own limit");
  public static final ConfKey<Boolean> APPLY_CHAT_TEMPLATE =
      new ConfKey<>(
          "applyChatTemplate",
          SECTION,
          bool(),
          "false",
          "ask in the checkpoint's chat template, description as system turn");
  public static final ConfKey<Boolean> FEWSHOT_AS_MULTITURN =
      new ConfKey<>(
          "fewshotAsMultiturn",
          SECTION,
          bool(),
          null,
          "examples as turns of their own, as by default with --apply-chat-template");
  public static final ConfKey<String> SYSTEM_INSTRUCTION =
      new ConfKey<>(
          "systemInstruction",
          SECTION,
          escapedText("TEXT"),
          null,
          "before the description of every task");
  public static final ConfKey<Integer> BOOTSTRAP_ITERS =
      new ConfKey<>(
          "bootstrapIters",
          SECTION,
          integer(0),
          "100000",
          "draws behind standard errors that have no formula; 0 leaves out all standard errors");

  /** {@link InferenceKeys#SEED} with lm-evaluation-harness's default. */
  public static final ConfKey<Long> SEED =
      new ConfKey<>(
          InferenceKeys.SEED.name(),
          SECTION,
          longInteger(),
          "1234",
          "of the choice of examples, and of draws where a task samples");

  /** Those whose names no other subcommand has. */
  static final List<ConfKey<?>> OWN =
      List.of(
          TASKS,
          LIST_TASKS,
          INCLUDE_PATH,
          DATA,
          DATA_LOCATION,
          SPLIT,
          OFFSET,
          NUM_FEWSHOT,
          MAX_LENGTH,
          APPLY_CHAT_TEMPLATE,
          FEWSHOT_AS_MULTITURN,
          SYSTEM_INSTRUCTION,
          BOOTSTRAP_ITERS);

  private EvaluationKeys() {}
}
