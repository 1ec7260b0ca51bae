package io.promptmill.spark.conf;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import io.promptmill.udf.Overflow;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What options ask for, in the terms of {@code model-udf}. */
public final class Specs {
  private Specs() {}

  /** Devices and cache size are resolved by each executor for itself. */
  public static ModelSpec model(PromptmillConf conf) {
    return new ModelSpec(
        conf.get(PromptmillKeys.MODEL),
        conf.get(PromptmillKeys.DTYPE),
        conf.get(PromptmillKeys.DEVICES),
        conf.get(PromptmillKeys.CACHE_BYTES),
        conf.get(PromptmillKeys.MAX_STEP_TOKENS),
        conf.get(PromptmillKeys.MAX_RUNNING),
        conf.get(PromptmillKeys.MAX_SEQUENCE_TOKENS),
        conf.get(PromptmillKeys.THREADS),
        conf.get(PromptmillKeys.PREFIX_CACHE));
  }

  /**
   * @param files gives the text of the file at a URI
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if not exactly one prompt is
   *     given, or more than one form of the completion
   */
  public static InferSpec.Generate generate(PromptmillConf conf, UnaryOperator<String> files) {
    SamplingParams sampling =
        sampling(conf, conf.get(InferenceKeys.SAMPLES), conf.get(InferenceKeys.LOGPROBS));
    return new InferSpec.Generate(prompt(conf), sampling, stop(conf), constraint(conf, files));
  }

  /**
   * What {@code translate} asks about a segment.
   *
   * @param template an instruction over the columns of a segment
   */
  public static InferSpec.Generate translate(PromptmillConf conf, String template) {
    return new InferSpec.Generate(
        new PromptSpec(new PromptSource.Instruction(template), false, null),
        sampling(conf, TranslationKeys.MAX_TOKENS, 1, -1),
        stop(conf));
  }

  /**
   * The one that is given of several options.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if none or more are given
   */
  public static <T> T one(List<T> given, PromptmillConf conf, List<ConfKey<?>> choices) {
    if (given.size() == 1) {
      return given.get(0);
    }
    List<String> set = choices.stream().filter(conf::isSet).map(ConfKey::option).toList();
    String found = set.isEmpty() ? "none" : String.join(" and ", set);
    List<String> options = choices.stream().map(ConfKey::option).toList();
    throw invalid("expected one of %s, found %s".formatted(String.join(", ", options), found));
  }

  private static OutputConstraint constraint(PromptmillConf conf, UnaryOperator<String> files) {
    List<ConfKey<?>> choices =
        List.of(InferenceKeys.CHOICE, InferenceKeys.REGEX, InferenceKeys.JSON_SCHEMA);
    List<OutputConstraint> given = new ArrayList<>();
    conf.find(InferenceKeys.CHOICE)
        .ifPresent(texts -> given.add(new OutputConstraint.Choice(texts)));
    conf.find(InferenceKeys.REGEX)
        .ifPresent(pattern -> given.add(new OutputConstraint.Regex(pattern)));
    conf.find(InferenceKeys.JSON_SCHEMA)
        .ifPresent(
            schema ->
                given.add(
                    new OutputConstraint.JsonSchema(
                        schema.strip().startsWith("{") ? schema : files.apply(schema))));
    return given.isEmpty() ? OutputConstraint.NONE : one(given, conf, choices);
  }

  /** How to draw; {@code n} and {@code logprobs} as {@link SamplingParams} has them. */
  public static SamplingParams sampling(PromptmillConf conf, int n, int logprobs) {
    return sampling(conf, InferenceKeys.MAX_TOKENS, n, logprobs);
  }

  private static SamplingParams sampling(
      PromptmillConf conf, ConfKey<Integer> maxTokens, int n, int logprobs) {
    return new SamplingParams(
        conf.get(maxTokens),
        conf.get(InferenceKeys.MIN_TOKENS),
        conf.get(InferenceKeys.TEMPERATURE),
        conf.get(InferenceKeys.TOP_K),
        conf.get(InferenceKeys.TOP_P),
        conf.get(InferenceKeys.MIN_P),
        conf.get(InferenceKeys.REPETITION_PENALTY),
        conf.get(InferenceKeys.PRESENCE_PENALTY),
        conf.get(InferenceKeys.FREQUENCY_PENALTY),
        conf.find(InferenceKeys.STOP_TOKEN_IDS).orElse(List.of()),
        conf.get(InferenceKeys.IGNORE_EOS),
        n,
        logprobs,
        conf.get(InferenceKeys.SEED));
  }

  /** Texts that end a completion. */
  public static List<String> stop(PromptmillConf conf) {
    return conf.find(InferenceKeys.STOP).orElse(List.of());
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if not exactly one prompt or
   *     not exactly one kind of candidates is given
   */
  public static InferSpec.Score score(PromptmillConf conf) {
    List<CandidateSource> given = new ArrayList<>();
    conf.find(InferenceKeys.CANDIDATES_COLUMN)
        .ifPresent(
            columns ->
                given.add(
                    columns.size() == 1
                        ? new CandidateSource.ListColumn(columns.get(0))
                        : new CandidateSource.Columns(columns)));
    conf.find(InferenceKeys.CANDIDATES)
        .ifPresent(texts -> given.add(new CandidateSource.Fixed(texts)));
    if (conf.get(InferenceKeys.WHOLE_TEXT)) {
      given.add(new CandidateSource.WholeText());
    }
    CandidateSource candidates =
        one(
            given,
            conf,
            List.of(
                InferenceKeys.CANDIDATES_COLUMN,
                InferenceKeys.CANDIDATES,
                InferenceKeys.WHOLE_TEXT));
    return new InferSpec.Score(prompt(conf), candidates, conf.get(InferenceKeys.TOKEN_LOGPROBS));
  }

  private static PromptSpec prompt(PromptmillConf conf) {
    List<PromptSource> given = new ArrayList<>();
    conf.find(InferenceKeys.PROMPT_COLUMN)
        .ifPresent(column -> given.add(new PromptSource.Column(column)));
    conf.find(InferenceKeys.PROMPT_TEMPLATE)
        .ifPresent(template -> given.add(new PromptSource.Template(template)));
    conf.find(InferenceKeys.MESSAGES_COLUMN)
        .ifPresent(column -> given.add(new PromptSource.Messages(column)));
    PromptSource source =
        one(
            given,
            conf,
            List.of(
                InferenceKeys.PROMPT_COLUMN,
                InferenceKeys.PROMPT_TEMPLATE,
                InferenceKeys.MESSAGES_COLUMN));
    boolean chat = conf.get(InferenceKeys.CHAT) || source instanceof PromptSource.Messages;
    String system = conf.find(InferenceKeys.SYSTEM_PROMPT).orElse(null);
    if (system != null && !chat) {
      throw invalid("--system-prompt: expected --chat or --messages-column with it, found neither");
    }
    Overflow overflow =
        conf.get(InferenceKeys.OVERFLOW).equals("fail") ? Overflow.FAIL : Overflow.TRUNCATE_LEFT;
    return new PromptSpec(source, chat, system, overflow);
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
