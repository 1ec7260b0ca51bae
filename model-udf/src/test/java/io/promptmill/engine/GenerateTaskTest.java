package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.model.KvLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerateTaskTest {
  private static final int VOCAB = 40;
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2, 6};
  private static final int[] FREE = new Oracle(VOCAB, new int[0]).greedy(PROMPT, 12).tokenIds();

  // The sixth token that greedy decoding draws, and none before it.
  private static final int SIXTH = FREE[5];

  @Test
  void endsAtTheLongestLength() {
    Completion completion = run(SamplingParams.greedy(4), 100);
    assertThat(completion.tokenIds()).containsExactly(Arrays.copyOf(FREE, 4));
    assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(completion.logprobs()).isEmpty();
  }

  @Test
  void leavesTheEosOutThatEndsIt() {
    assertThat(FREE).containsOnlyOnce(SIXTH);
    Completion completion = run(SamplingParams.greedy(12), 100, 39, SIXTH);
    assertThat(completion.tokenIds()).containsExactly(Arrays.copyOf(FREE, 5));
    assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void anEosAsTheLastTokenAllowedIsAStop() {
    Completion completion = run(SamplingParams.greedy(6), 100, SIXTH);
    assertThat(completion.tokenIds()).hasSize(5);
    assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void aStopTokenEndsItEvenWhereEosIsIgnored() {
    assertThat(run(params(12, 0, List.of(), true, -1), 100, SIXTH).tokenIds()).hasSize(12);
    Completion stopped = run(params(12, 0, List.of(SIXTH), true, -1), 100, FREE[1]);
    assertThat(stopped.tokenIds()).containsExactly(Arrays.copyOf(FREE, 5));
    assertThat(stopped.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void takesTheNextBestTokenWhereEosMayNotComeYet() {
    Completion completion = run(params(12, 7, List.of(), false, -1), 100, SIXTH);
    float[] logits = FakeLm.logitsAfter(concat(PROMPT, Arrays.copyOf(FREE, 5)), VOCAB);
    assertThat(completion.tokenIds()).startsWith(Arrays.copyOf(FREE, 5));
    assertThat(completion.tokenIds()[5]).isEqualTo(FakeLm.ranked(logits)[1]);
    assertThat(completion.tokenIds().length).isGreaterThanOrEqualTo(7);
  }

  @Test
  void aStopConditionEndsItWithTheTokenIncluded() {
    LoopHarness harness = harness(100);
    Task task =
        harness.submit(
            new Request.Generate(
                PROMPT, SamplingParams.greedy(12), 1, () -> token -> token == SIXTH));
    harness.finish();
    Completion completion = completions(task).get(0);
    assertThat(completion.tokenIds()).containsExactly(Arrays.copyOf(FREE, 6));
    assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void anEosThatTheVocabularyLacksNeverComes() {
    Completion completion = run(params(12, 5, List.of(), false, -1), 100, VOCAB, 5_000);
    assertThat(completion.tokenIds()).containsExactly(FREE);
  }

  @Test
  void isCutWhereTheSequenceMayNotGrow() {
    Completion completion = run(SamplingParams.greedy(12), PROMPT.length + 3);
    assertThat(completion.tokenIds()).containsExactly(Arrays.copyOf(FREE, 3));
    assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void reportsTheModelsOwnLogprobsWithAlternatives() {
    SamplingParams sampled =
        new SamplingParams(6, 0, 1.5, 10, 0.9, 0, 1.3, 0.1, 0.1, List.of(), true, 1, 3, 7);
    Completion completion = run(sampled, 100);
    int[] tokens = PROMPT;
    assertThat(completion.logprobs()).hasSize(6);
    for (TokenLogprob logprob : completion.logprobs()) {
      float[] logits = FakeLm.logitsAfter(tokens, VOCAB);
      float[] expected = FakeLm.logSoftmax(logits);
      int[] top = Arrays.copyOf(FakeLm.ranked(logits), 3);
      assertThat(logprob.logprob()).isCloseTo(expected[logprob.tokenId()], within(1e-6f));
      assertThat(logprob.topIds()).containsExactly(top);
      assertThat(logprob.topLogprobs())
          .containsExactly(expected[top[0]], expected[top[1]], expected[top[2]]);
      tokens = Oracle.append(tokens, logprob.tokenId());
    }
  }

  @Test
  void aSampleIsTheSameHoweverManyAreDrawn() {
    LoopHarness harness = harness(100);
    List<Completion> three = completions(sampled(harness, 3, 5, 11));
    List<Completion> five = completions(sampled(harness, 5, 5, 11));
    assertThat(five.subList(0, 3)).usingRecursiveFieldByFieldElementComparator().isEqualTo(three);
    assertThat(five.stream().map(sample -> Arrays.toString(sample.tokenIds())).distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void seedAndRowKeyChangeTheDraws() {
    LoopHarness harness = harness(100);
    int[] one = completions(sampled(harness, 1, 5, 11)).get(0).tokenIds();
    assertThat(completions(sampled(harness, 1, 5, 11)).get(0).tokenIds()).containsExactly(one);
    assertThat(completions(sampled(harness, 1, 6, 11)).get(0).tokenIds()).isNotEqualTo(one);
    assertThat(completions(sampled(harness, 1, 5, 12)).get(0).tokenIds()).isNotEqualTo(one);
  }

  private static Task sampled(LoopHarness harness, int n, long seed, long rowKey) {
    SamplingParams params =
        new SamplingParams(10, 0, 2.0, 0, 1.0, 0, 1, 0, 0, List.of(), true, n, -1, seed);
    Task task =
        harness.submit(new Request.Generate(PROMPT, params, rowKey, () -> StopCondition.NEVER));
    harness.finish();
    return task;
  }

  private static Completion run(SamplingParams params, int maxSequenceTokens, int... eos) {
    LoopHarness harness = harness(maxSequenceTokens, eos);
    Task task = harness.submit(new Request.Generate(PROMPT, params, 1, () -> StopCondition.NEVER));
    harness.finish();
    return completions(task).get(0);
  }

  private static List<Completion> completions(Task task) {
    return ((GenerateResult) task.future().join()).completions();
  }

  private static LoopHarness harness(int maxSequenceTokens, int... eos) {
    return new LoopHarness(
        new FakeLm(VOCAB, 64, new KvLayout(4, 2, 100, 1)),
        new EngineOptions(64, 16, maxSequenceTokens, true, eos));
  }

  private static SamplingParams params(
      int maxTokens, int minTokens, List<Integer> stop, boolean ignoreEos, int logprobs) {
    return new SamplingParams(
        maxTokens, minTokens, 0, 0, 1, 0, 1, 0, 0, stop, ignoreEos, 1, logprobs, 0);
  }

  private static int[] concat(int[] head, int[] tail) {
    int[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
