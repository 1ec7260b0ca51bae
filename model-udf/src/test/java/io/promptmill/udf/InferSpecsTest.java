package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InferSpecsTest {

  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);

  @Test
  void requiresEachColumnOnceInOrderOfUse() {
    PromptSpec template =
        new PromptSpec(new PromptSource.Template("{subject}: {question}"), false, null);
    PromptSpec messages = new PromptSpec(new PromptSource.Messages("turns"), true, null);

    assertThat(InferSpecs.requiredColumns(generate(SamplingParams.greedy(1))))
        .containsExactly("prompt");
    assertThat(
            InferSpecs.requiredColumns(
                new InferSpec.Score(
                    template, new CandidateSource.Columns(List.of("a", "question")), false)))
        .containsExactly("subject", "question", "a");
    assertThat(
            InferSpecs.requiredColumns(
                new InferSpec.Score(messages, new CandidateSource.ListColumn("choices"), false)))
        .containsExactly("turns", "choices");
  }

  @Test
  void acceptsTheDefaults() {
    assertThatCode(() -> InferSpecs.validate(generate(SamplingParams.greedy(1))))
        .doesNotThrowAnyException();
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of(generate(SamplingParams.greedy(0)), "max tokens", "0"),
        Arguments.of(generate(sampling(9, 1, 1, 0, 1, 1)), "min tokens", "9"),
        Arguments.of(generate(sampling(0, -0.5, 1, 0, 1, 1)), "temperature", "-0.5"),
        Arguments.of(generate(sampling(0, Double.NaN, 1, 0, 1, 1)), "temperature", "NaN"),
        Arguments.of(generate(sampling(0, 1, 0, 0, 1, 1)), "top p", "0.0"),
        Arguments.of(generate(sampling(0, 1, 1.1, 0, 1, 1)), "top p", "1.1"),
        Arguments.of(generate(sampling(0, 1, 1, -0.1, 1, 1)), "min p", "-0.1"),
        Arguments.of(generate(sampling(0, 1, 1, 0, 0, 1)), "repetition penalty", "0.0"),
        Arguments.of(generate(sampling(0, 1, 1, 0, 1, 0)), "n", "0"),
        Arguments.of(
            new InferSpec.Generate(PROMPT, SamplingParams.greedy(1), List.of("")), "stop", "[]"),
        Arguments.of(
            new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of()), false),
            "candidates",
            "none"),
        Arguments.of(
            new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of("A", "")), false),
            "candidates",
            "[A, ]"),
        Arguments.of(
            new InferSpec.Score(PROMPT, new CandidateSource.Columns(List.of()), false),
            "candidate columns",
            "none"),
        Arguments.of(
            new InferSpec.Generate(
                new PromptSpec(new PromptSource.Column("prompt"), false, "Be brief."),
                SamplingParams.greedy(1),
                List.of()),
            "system prompt",
            "a raw prompt"),
        Arguments.of(
            new InferSpec.Generate(
                PROMPT,
                SamplingParams.greedy(9),
                List.of("."),
                new OutputConstraint.Choice(List.of("a"))),
            "stop",
            "[.]"),
        Arguments.of(
            new InferSpec.Generate(
                PROMPT,
                SamplingParams.greedy(9),
                List.of(),
                new OutputConstraint.Choice(List.of())),
            "choice",
            "none"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void namesTheOptionAndWhatWasFound(InferSpec spec, String option, String found) {
    assertThatThrownBy(() -> InferSpecs.validate(spec))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith(option + ": expected ")
        .hasMessageEndingWith(", found " + found)
        .satisfies(
            thrown ->
                assertThat(((PromptmillException) thrown).code())
                    .isEqualTo(ErrorCode.OPTION_INVALID));
  }

  private static InferSpec generate(SamplingParams sampling) {
    return new InferSpec.Generate(PROMPT, sampling, List.of());
  }

  private static SamplingParams sampling(
      int minTokens, double temperature, double topP, double minP, double repetition, int n) {
    return new SamplingParams(
        8, minTokens, temperature, 0, topP, minP, repetition, 0, 0, List.of(), false, n, -1, 0);
  }
}
