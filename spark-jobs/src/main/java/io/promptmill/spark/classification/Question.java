package io.promptmill.spark.classification;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.InferenceKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.function.Prompts;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.Overflow;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import io.promptmill.udf.ResultSchemas;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is asked about a text.
 *
 * @param spec over the parts of a row
 * @param columns of the input that the prompt is made of, in the order in which they stand in it
 */
record Question(InferSpec.Score spec, List<String> columns) implements Serializable {
  /** Column of a part that holds what it asks about. */
  static final String LABEL_COLUMN = "_promptmill_label";

  /** What parts of a row have besides the columns that the user's prompt reads. */
  private static final List<String> TAKEN = List.of(LABEL_COLUMN, ResultSchemas.SCORES);

  static final List<String> YES_NO = List.of("Yes", "No");

  Question {
    columns = List.copyOf(columns);
  }

  /** Which of the labels: one question, all labels as answers. */
  static Question whichLabel(PromptmillConf conf, Labels labels, boolean tokenLogprobs) {
    String listed =
        labels.described()
            ? labels.all().stream()
                .map(label -> "- " + label.described())
                .collect(Collectors.joining("\n"))
            : String.join(", ", labels.answers());
    String shipped = labels.described() ? "classify_described" : "ai_classify";
    String template = template(conf, shipped, "labels", PromptTemplates.literal(listed));
    return of(conf, template, labels.answers(), tokenLogprobs);
  }

  /** Whether the text has the label in {@link #LABEL_COLUMN}: yes or no. */
  static Question hasLabel(PromptmillConf conf) {
    String label = PromptTemplates.column(LABEL_COLUMN);
    String template = template(conf, "classify_multi", "label", label);
    Question question = of(conf, template, YES_NO, false);
    if (!InferSpecs.promptColumns(question.spec.prompt()).contains(LABEL_COLUMN)) {
      throw invalid(
          "--prompt-template: expected {label}, which stands for the label that is asked about,"
              + " found none in '"
              + template
              + "'");
    }
    return question;
  }

  /**
   * The user's template, else the shipped one.
   *
   * @param placeholder the name in braces that {@code part} takes the place of
   */
  private static String template(
      PromptmillConf conf, String shipped, String placeholder, String part) {
    String text = conf.get(InferenceKeys.TEXT_COLUMN);
    Optional<String> own = conf.find(InferenceKeys.PROMPT_TEMPLATE);
    requireFree(own.map(t -> InferSpecs.promptColumns(plain(t))).orElse(List.of(text)));
    if (own.isEmpty()) {
      // ai_classify calls the labels so
      return PromptTemplates.fill(
          Prompts.of(shipped),
          Map.of("content", PromptTemplates.column(text), placeholder, part, "label_names", part));
    }
    if (text.equals(placeholder)) {
      throw invalid(
          "--prompt-template: {%s} stands for what is asked about; expected another name of the text"
                  .formatted(placeholder)
              + " column, found '"
              + text
              + "'");
    }
    String template = PromptTemplates.fill(own.get(), Map.of(placeholder, part));
    if (!InferSpecs.promptColumns(plain(template)).contains(text)) {
      throw invalid(
          "--prompt-template: expected the text column as {%s}, found none in '%s'"
              .formatted(text, own.get()));
    }
    return template;
  }

  private static void requireFree(List<String> columns) {
    for (String column : columns) {
      if (TAKEN.stream().anyMatch(column::equalsIgnoreCase)) {
        throw invalid(
            "expected no column '%s' in the prompt: the name is taken; rename it in the input"
                .formatted(column));
      }
    }
  }

  private static Question of(
      PromptmillConf conf, String template, List<String> answers, boolean tokenLogprobs) {
    boolean raw = conf.get(ClassificationKeys.RAW_PROMPT);
    String system = conf.find(InferenceKeys.SYSTEM_PROMPT).orElse(null);
    if (raw && system != null) {
      throw invalid("--system-prompt: expected no --raw-prompt with it, found both");
    }
    Overflow overflow =
        conf.get(InferenceKeys.OVERFLOW).equals("fail") ? Overflow.FAIL : Overflow.TRUNCATE_LEFT;
    PromptSource source =
        raw ? new PromptSource.Template(template) : new PromptSource.Instruction(template);
    boolean blank = raw && template.equals(template.stripTrailing());
    InferSpec.Score spec =
        new InferSpec.Score(
            new PromptSpec(source, system != null, system, overflow),
            new CandidateSource.Fixed(
                answers.stream().map(answer -> blank ? " " + answer : answer).toList()),
            tokenLogprobs);
    InferSpecs.validate(spec);
    List<String> columns =
        InferSpecs.promptColumns(spec.prompt()).stream()
            .filter(column -> !column.equals(LABEL_COLUMN))
            .toList();
    return new Question(spec, columns);
  }

  /** For ordering rows: their own part of the prompt. */
  InferSpec ofRow() {
    String template = columns.stream().map(PromptTemplates::column).collect(Collectors.joining());
    return new InferSpec.Score(plain(template), new CandidateSource.Fixed(YES_NO), false);
  }

  private static PromptSpec plain(String template) {
    return new PromptSpec(new PromptSource.Template(template), false, null);
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
