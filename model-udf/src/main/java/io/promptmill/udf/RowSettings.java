package io.promptmill.udf;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.TokenConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A row's parameters over one model.
 *
 * @param maxPromptTokens where longer prompts are cut from their left
 */
record RowSettings(
    SamplingParams sampling,
    StopTexts stops,
    Optional<TokenConstraint> constraint,
    int maxPromptTokens) {

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the parameters are out of
   *     range, leave no room for a prompt that is to be truncated, or no text that fits the
   *     constraint is as short as a completion may be
   */
  static RowSettings of(RowParameters parameters, Overflow overflow, OpenModel model) {
    InferSpecs.validate(parameters);
    SamplingParams sampling = parameters.sampling();
    Optional<TokenConstraint> constraint = model.constraints().of(parameters.constraint());
    constraint.ifPresent(present -> requireLength(sampling.maxTokens(), present.minTokens(true)));
    return new RowSettings(
        sampling,
        new StopTexts(model.tokenizer(), parameters.stop()),
        constraint,
        maxPromptTokens(sampling, overflow, model));
  }

  private static int maxPromptTokens(SamplingParams sampling, Overflow overflow, OpenModel model) {
    if (overflow == Overflow.FAIL) {
      return Integer.MAX_VALUE; // the engine says how long is too long
    }
    int room = model.maxSequenceTokens() - sampling.maxTokens();
    if (room < 1) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "expected max tokens below the "
              + model.maxSequenceTokens()
              + " that prompt and completion may have together, found "
              + sampling.maxTokens()
              + ", which leaves nothing of a truncated prompt");
    }
    return room;
  }

  private static void requireLength(int maxTokens, int least) {
    if (maxTokens < least) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "max tokens: expected at least %d, the length of the shortest text that fits the"
                  .formatted(least)
              + " constraint, found %d".formatted(maxTokens));
    }
  }

  /**
   * Settings of a batch's rows, each with its own over those of the spec. The function throws a
   * {@link PromptmillException} with {@link ErrorCode#REQUEST_INVALID} for a row whose parameters
   * do not hold up.
   *
   * @param column that holds the parameters; null is as if there were none
   */
  static IntFunction<RowSettings> bind(
      VectorSchemaRoot batch, String column, InferSpec.Generate spec, OpenModel model) {
    ColumnText texts =
        ColumnText.of(InputColumn.of(batch, column), column, ErrorCode.REQUEST_INVALID);
    RowParameters ofAll = RowParameters.of(spec);
    return row -> {
      String json = texts.at(row);
      try {
        return of(
            json == null ? ofAll : ParametersJson.parse(json, ofAll),
            spec.prompt().overflow(),
            model);
      } catch (PromptmillException e) {
        throw ownError(e);
      }
    };
  }

  /** What is wrong with an option that a row brought is that row's own error. */
  static PromptmillException ownError(PromptmillException failure) {
    return switch (failure.code()) {
      case OPTION_INVALID, MODEL_UNSUPPORTED ->
          new PromptmillException(ErrorCode.REQUEST_INVALID, failure.getMessage(), failure);
      default -> failure;
    };
  }
}
