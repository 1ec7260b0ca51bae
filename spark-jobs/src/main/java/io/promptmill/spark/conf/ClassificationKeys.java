package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;
import static io.promptmill.spark.conf.ValueTypes.number;
import static io.promptmill.spark.conf.ValueTypes.text;
import static io.promptmill.spark.conf.ValueTypes.texts;

import java.util.List;

/** Options of {@code classify}. */
public final class ClassificationKeys {
  private static final String SECTION = "Classification";

  public static final ConfKey<List<String>> LABEL =
      new ConfKey<>(
          "label",
          SECTION,
          texts("NAME[=DESCRIPTION]"),
          null,
          "what a text can be, and what is meant by it; repeatable");
  public static final ConfKey<String> LABELS =
      new ConfKey<>(
          "labels",
          SECTION,
          text("URI"),
          null,
          "file of labels in place of --label, .jsonl, .csv or .yaml: name, description, answer");
  public static final ConfKey<Boolean> MULTI_LABEL =
      new ConfKey<>(
          "multiLabel",
          SECTION,
          bool(),
          "false",
          "a text can have several labels, or none: each is asked about alone");
  public static final ConfKey<Double> THRESHOLD =
      new ConfKey<>(
          "threshold",
          SECTION,
          number(0, 1),
          "0.5",
          "with --multi-label, probability from which a text has a label");
  public static final ConfKey<Double> ABSTAIN_BELOW =
      new ConfKey<>(
          "abstainBelow",
          SECTION,
          number(0, 1),
          "0",
          "probability of the likeliest label below which a text gets none");
  public static final ConfKey<String> GOLD_COLUMN =
      new ConfKey<>(
          "goldColumn",
          SECTION,
          text("COLUMN"),
          null,
          "the right label, to measure quality; with --multi-label an array of them, or a text");
  public static final ConfKey<String> GOLD_DELIMITER =
      new ConfKey<>(
          "goldDelimiter",
          SECTION,
          text("TEXT"),
          ",",
          "between the labels of a gold text with --multi-label");
  public static final ConfKey<Boolean> RAW_PROMPT =
      new ConfKey<>(
          "rawPrompt",
          SECTION,
          bool(),
          "false",
          "classify with the prompt as it is, though the checkpoint has a chat template");

  static final List<ConfKey<?>> OWN =
      List.of(
          LABEL,
          LABELS,
          MULTI_LABEL,
          THRESHOLD,
          ABSTAIN_BELOW,
          GOLD_COLUMN,
          GOLD_DELIMITER,
          RAW_PROMPT);

  /** Options of a prompt that classification has too. */
  static final List<ConfKey<?>> PROMPT =
      List.of(InferenceKeys.PROMPT_TEMPLATE, InferenceKeys.SYSTEM_PROMPT, InferenceKeys.OVERFLOW);

  private ClassificationKeys() {}
}
