package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.engine.constraint.ByteVocabulary;
import io.promptmill.engine.constraint.Constraints;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.KvLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstrainedTaskTest {
  private static final int[] PROMPT = {3, 1, 4, 1, 5};
  private static final ByteVocabulary TOKENS = ByteVocabulary.of("yes", "no", "ab", "是的", "ye");
  private static final int VOCAB = TOKENS.size() + 3;
  private static final Constraints CONSTRAINTS = new Constraints(TOKENS);

  @Test
  void answersWithOneOfTheChoicesAtAnyTemperature() {
    OutputConstraint choice = new OutputConstraint.Choice(List.of("yes", "no", "是的"));
    for (double temperature : new double[] {0, 1, 1e6}) {
      for (int seed = 0; seed < 20; seed++) {
        Completion completion = run(choice, params(9, 0, temperature, false, List.of(), seed));
        assertThat(text(completion)).isIn("yes", "no", "是的");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
      }
    }
  }

  @Test
  void endsWithoutAnotherStepWhereNothingMayFollow() {
    LoopHarness harness = harness(100);
    harness.submit(request(new OutputConstraint.Choice(List.of("a")), greedy(9), 1));
    harness.step();
    assertThat(harness.idle()).isTrue();
    assertThat(harness.outcomes().get(0)).isEqualTo("[97] STOP");
  }

  @Test
  void eosEndsItOnlyWhereTheWholeFits() {
    OutputConstraint even = new OutputConstraint.Regex("(aa)+");
    for (int seed = 0; seed < 30; seed++) {
      Completion completion = run(even, params(20, 0, 3.0, false, List.of(), seed));
      assertThat(text(completion)).matches("(aa)+");
    }
  }

  @Test
  void aLengthThatCutsItLeavesAWholeText() {
    OutputConstraint regex = new OutputConstraint.Regex("(abcd)+e");
    for (int maxTokens = 4; maxTokens < 25; maxTokens++) {
      Completion completion = run(regex, params(maxTokens, 0, 1e6, true, List.of(), maxTokens));
      assertThat(text(completion)).matches("(abcd)+e");
      assertThat(completion.tokenIds().length).isLessThanOrEqualTo(maxTokens);
    }
  }

  @Test
  void leastLengthHoldsTheEndBackWhileTheTextCanGrow() {
    Completion grown = run(new OutputConstraint.Regex("a+"), params(9, 6, 0, false, List.of(), 0));
    assertThat(grown.tokenIds()).hasSizeGreaterThanOrEqualTo(6);

    Completion short1 =
        run(new OutputConstraint.Choice(List.of("no")), params(9, 6, 0, false, List.of(), 0));
    assertThat(text(short1)).isEqualTo("no");
    assertThat(short1.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void withEosIgnoredItGoesOnWhileAnythingFits() {
    Completion completion =
        run(new OutputConstraint.Regex("a*"), params(9, 0, 0, true, List.of(), 0));
    assertThat(text(completion)).isEqualTo("a".repeat(9));
    assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void aStopTokenEndsItWhereEosDoes() {
    int stop = VOCAB - 1;
    for (int seed = 0; seed < 20; seed++) {
      Completion completion =
          run(new OutputConstraint.Regex("(aa)*b?"), params(9, 0, 3, true, List.of(stop), seed));
      assertThat(text(completion)).matches("(aa)*b?");
    }
  }

  @Test
  void refusesAStopTokenThatStandsForText() {
    assertRefused(
        new OutputConstraint.Regex("a+"),
        params(9, 0, 0, false, List.of(97), 0),
        100,
        ErrorCode.OPTION_INVALID,
        "token 97 stands for some");
  }

  @Test
  void refusesALengthThatNothingFitsIn() {
    assertRefused(
        new OutputConstraint.Regex("[0-9]{7}"),
        greedy(6),
        100,
        ErrorCode.OPTION_INVALID,
        "maxTokens must be at least 7, as the shortest text that fits the constraint has so many"
            + " tokens, is 6");
    assertRefused(
        new OutputConstraint.Regex("[0-9]{7}"),
        greedy(9),
        PROMPT.length + 6,
        ErrorCode.PROMPT_TOO_LONG,
        "prompt has 5 tokens and leaves room for 6");
    assertRefused(
        new OutputConstraint.Regex("([0-9]{7})?"),
        params(6, 0, 0, true, List.of(), 0),
        100,
        ErrorCode.OPTION_INVALID,
        "at least 7");
  }

  @Test
  void reportsTheModelsOwnLogprobsBeforeTheMask() {
    SamplingParams params =
        new SamplingParams(4, 0, 0, 0, 1, 0, 1, 0, 0, List.of(), false, 1, 2, 0);
    Completion completion = run(new OutputConstraint.Regex("[xyz]{4}"), params);
    int[] tokens = PROMPT;
    assertThat(completion.logprobs()).hasSize(4);
    for (TokenLogprob logprob : completion.logprobs()) {
      float[] expected = FakeLm.logSoftmax(FakeLm.logitsAfter(tokens, VOCAB));
      assertThat(logprob.logprob()).isCloseTo(expected[logprob.tokenId()], within(1e-6f));
      tokens = Oracle.append(tokens, logprob.tokenId());
    }
  }

  @Test
  void isTheSameAloneAndInCompany() {
    List<Request.Generate> requests = new ArrayList<>();
    String schema =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},"
            + "\"b\":{\"type\":\"integer\"}},\"required\":[\"b\"]}";
    for (int i = 0; i < 12; i++) {
      OutputConstraint constraint =
          List.of(
                  new OutputConstraint.JsonSchema(schema),
                  new OutputConstraint.Regex("(yes|no|[ab]+)( [0-9]+)*"),
                  OutputConstraint.NONE)
              .get(i % 3);
      requests.add(request(constraint, params(12 + i, 0, i % 4, false, List.of(), i), i));
    }
    LoopHarness company = harness(100);
    requests.forEach(company::submit);
    company.finish();
    List<String> alone = new ArrayList<>();
    for (Request.Generate request : requests) {
      LoopHarness harness = harness(100);
      harness.submit(request);
      harness.finish();
      alone.addAll(harness.outcomes());
    }
    assertThat(company.outcomes()).isEqualTo(alone);
  }

  private static void assertRefused(
      OutputConstraint constraint,
      SamplingParams params,
      int maxSequenceTokens,
      ErrorCode code,
      String message) {
    assertThatThrownBy(() -> harness(maxSequenceTokens).submit(request(constraint, params, 1)))
        .isInstanceOfSatisfying(
            PromptmillException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static Completion run(OutputConstraint constraint, SamplingParams params) {
    LoopHarness harness = harness(100);
    Task task = harness.submit(request(constraint, params, 1));
    harness.finish();
    return ((GenerateResult) task.future().join()).completions().get(0);
  }

  private static Request.Generate request(
      OutputConstraint constraint, SamplingParams params, long rowKey) {
    return new Request.Generate(
        PROMPT, params, rowKey, () -> StopCondition.NEVER, CONSTRAINTS.of(constraint));
  }

  private static LoopHarness harness(int maxSequenceTokens) {
    return new LoopHarness(
        new FakeLm(VOCAB, 64, new KvLayout(4, 2, 100, 1)),
        new EngineOptions(64, 16, maxSequenceTokens, true, new int[] {TOKENS.end()}));
  }

  private static SamplingParams greedy(int maxTokens) {
    return SamplingParams.greedy(maxTokens);
  }

  private static SamplingParams params(
      int maxTokens,
      int minTokens,
      double temperature,
      boolean ignoreEos,
      List<Integer> stopTokens,
      long seed) {
    return new SamplingParams(
        maxTokens, minTokens, temperature, 0, 1, 0, 1, 0, 0, stopTokens, ignoreEos, 1, -1, seed);
  }

  private static String text(Completion completion) {
    StringBuilder text = new StringBuilder();
    for (int token : completion.tokenIds()) {
      text.append(new String(TOKENS.bytes(token), StandardCharsets.ISO_8859_1));
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
