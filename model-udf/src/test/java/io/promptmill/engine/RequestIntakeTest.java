package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestIntakeTest {
  private final RequestIntake intake = new RequestIntake(50, 10, new int[] {0});

  @Test
  void refusesAnEmptyPrompt() {
    assertRefused(
        () -> intake.task(generate(new int[0], SamplingParams.greedy(1))),
        ErrorCode.PROMPT_INVALID,
        "prompt has no tokens, needs at least one");
  }

  @Test
  void refusesTokensOutsideTheVocabulary() {
    assertRefused(
        () -> intake.task(generate(new int[] {1, 50}, SamplingParams.greedy(1))),
        ErrorCode.PROMPT_INVALID,
        "prompt has token id 50 at index 1, the vocabulary has ids 0 to 49");
    assertRefused(
        () -> intake.task(score(new int[] {-1}, new int[] {1})),
        ErrorCode.PROMPT_INVALID,
        "context has token id -1 at index 0, the vocabulary has ids 0 to 49");
  }

  @Test
  void refusesAPromptThatLeavesNoRoomForOneToken() {
    assertThat(intake.task(generate(new int[9], SamplingParams.greedy(5)))).isNotNull();
    assertRefused(
        () -> intake.task(generate(new int[10], SamplingParams.greedy(5))),
        ErrorCode.PROMPT_TOO_LONG,
        "prompt has 10 tokens, prompt and completion together may have 10");
  }

  @Test
  void refusesACandidateWhoseTokensButTheLastDoNotFit() {
    assertThat(intake.task(score(new int[4], new int[7]))).isNotNull();
    assertRefused(
        () -> intake.task(score(new int[4], new int[1], new int[8])),
        ErrorCode.PROMPT_TOO_LONG,
        "context of 4 tokens and continuation 1 of 8 need 11 positions, there are 10");
  }

  @Test
  void refusesMissingAndEmptyCandidates() {
    assertRefused(
        () -> intake.task(score(new int[4])),
        ErrorCode.CANDIDATES_INVALID,
        "there are no continuations");
    assertRefused(
        () -> intake.task(score(new int[4], new int[1], new int[0])),
        ErrorCode.CANDIDATES_INVALID,
        "continuation 1 has no tokens, needs at least one");
  }

  static Stream<Arguments> badParameters() {
    return Stream.of(
        Arguments.of(params(0, 0, 0, 0, 1, 0, 1, 1, -1), "maxTokens must be at least 1, is 0"),
        Arguments.of(
            params(3, 4, 0, 0, 1, 0, 1, 1, -1), "minTokens must be from 0 to maxTokens (3)"),
        Arguments.of(params(1, 0, -0.1, 0, 1, 0, 1, 1, -1), "temperature must be finite"),
        Arguments.of(params(1, 0, Double.NaN, 0, 1, 0, 1, 1, -1), "is NaN"),
        Arguments.of(params(1, 0, 0, -1, 1, 0, 1, 1, -1), "topK must be at least 0, is -1"),
        Arguments.of(params(1, 0, 0, 0, 0, 0, 1, 1, -1), "topP must be above 0, at most 1, is 0.0"),
        Arguments.of(params(1, 0, 0, 0, 1, 2, 1, 1, -1), "minP must be from 0 to 1, is 2.0"),
        Arguments.of(
            params(1, 0, 0, 0, 1, 0, 0, 1, -1), "repetitionPenalty must be finite and above 0"),
        Arguments.of(params(1, 0, 0, 0, 1, 0, 1, 0, -1), "n must be at least 1, is 0"),
        Arguments.of(params(1, 0, 0, 0, 1, 0, 1, 1, -2), "logprobs must be from -1"));
  }

  @ParameterizedTest
  @MethodSource("badParameters")
  void refusesParametersOutOfRange(SamplingParams params, String message) {
    assertRefused(
        () -> intake.task(generate(new int[] {1}, params)), ErrorCode.OPTION_INVALID, message);
  }

  @Test
  void refusesLimitsThatAreNotPositive() {
    assertRefused(
        () -> new EngineOptions(1, 0, 1, true, new int[0]),
        ErrorCode.OPTION_INVALID,
        "engine option maxRunning must be at least 1, is 0");
  }

  private static SamplingParams params(
      int maxTokens,
      int minTokens,
      double temperature,
      int topK,
      double topP,
      double minP,
      double repetition,
      int n,
      int logprobs) {
    return new SamplingParams(
        maxTokens,
        minTokens,
        temperature,
        topK,
        topP,
        minP,
        repetition,
        0,
        0,
        List.of(),
        false,
        n,
        logprobs,
        0);
  }

  private static Request.Generate generate(int[] prompt, SamplingParams params) {
    return new Request.Generate(prompt, params, 0, () -> StopCondition.NEVER);
  }

  private static Request.Score score(int[] context, int[]... continuations) {
    return new Request.Score(context, List.of(continuations), false);
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            PromptmillException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
