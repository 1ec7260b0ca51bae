package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixSharingTest {
  private static final int VOCAB = 50;
  private static final int[] HEADER = IntStream.range(0, 100).map(i -> 1 + i % 40).toArray();
  private static final KvLayout LAYOUT = new KvLayout(8, 4, 200, 1);

  private final FakeLm model = new FakeLm(VOCAB, 1000, LAYOUT);

  @Test
  void documentsThatArriveTogetherComputeTheirHeaderOnce() {
    LoopHarness harness = harness(true, 1000);
    List<Task> tasks = IntStream.range(0, 40).mapToObj(i -> harness.submit(document(i))).toList();
    harness.finish();

    // 12 of the header's blocks are full; 4 header tokens and 3 own ones are left to each document.
    assertThat(model.steps()).hasSize(1);
    assertThat(model.computedTokens()).isEqualTo(103 + 39 * 7);
    assertThat(tasks.get(0).cachedTokens()).isZero();
    assertThat(tasks.subList(1, 40)).allMatch(task -> task.cachedTokens() == 96);
    assertThat(harness.metrics().cachedTokens()).isEqualTo(39 * 96);
    assertThat(harness.metrics().promptTokens()).isEqualTo(40 * 103);
  }

  @Test
  void theHeaderIsComputedOnceEvenIfItTakesSeveralSteps() {
    LoopHarness harness = harness(true, 32);
    IntStream.range(0, 40).forEach(i -> harness.submit(document(i)));
    harness.finish();
    assertThat(model.computedTokens()).isEqualTo(103 + 39 * 7);
  }

  @Test
  void rowsThatShareASplitFormOneGroupAcrossRequests() {
    LoopHarness harness = harness(true, 1000);
    IntStream.range(0, 3).forEach(i -> harness.submit(document(i)));
    harness.finish();

    StepInput step = model.steps().get(0);
    List<AttentionGroup> groups = step.attention().groups();
    // Positions 0-31, 32-63 and 64-95 are full splits; each document ends in a split of its own.
    assertThat(groups).hasSize(6);
    assertThat(groups.get(0).queryRows()).isEqualTo(IntStream.range(0, 117).toArray());
    assertThat(groups.get(1).queryRows()).isEqualTo(IntStream.range(32, 117).toArray());
    assertThat(groups.get(2).queryRows()).isEqualTo(IntStream.range(64, 117).toArray());
    assertThat(groups.get(3).queryRows()).isEqualTo(IntStream.range(96, 103).toArray());
    assertThat(groups.get(5).queryRows()).isEqualTo(IntStream.range(110, 117).toArray());
  }

  @Test
  void aPromptThatEndsWithASplitSharesItsGroup() {
    LoopHarness harness = harness(true, 1000);
    harness.submit(score(Arrays.copyOf(HEADER, 64), new int[] {1}));
    harness.submit(score(HEADER, new int[] {1}));
    harness.finish();

    List<AttentionGroup> groups = model.steps().get(0).attention().groups();
    assertThat(groups).hasSize(4);
    assertThat(groups.get(1).queryRows()).isEqualTo(IntStream.range(32, 100).toArray());
  }

  @Test
  void aPromptThatIsWhollyCachedStillRunsItsLastToken() {
    LoopHarness harness = harness(true, 1000);
    int[] prompt = Arrays.copyOf(HEADER, 96);
    harness.submit(score(prompt, new int[] {1}));
    harness.finish();
    Task again = harness.submit(score(prompt, new int[] {1}));
    harness.finish();
    assertThat(model.steps().get(1).tokenIds()).hasSize(8);
    assertThat(again.cachedTokens()).isEqualTo(88);
  }

  @Test
  void aMeanLeavesTheCacheToOthers() {
    LoopHarness harness = harness(true, 1000);
    harness.submit(new Request.Embed(HEADER, Pooling.MEAN));
    harness.finish();
    Task after = harness.submit(document(0));
    harness.finish();
    assertThat(after.cachedTokens()).isZero();

    harness.submit(new Request.Embed(HEADER, Pooling.LAST));
    harness.finish();
    assertThat(harness.metrics().cachedTokens()).isEqualTo(96);
  }

  @Test
  void withoutPrefixCacheEveryRequestComputesItsPrompt() {
    LoopHarness harness = harness(false, 1000);
    List<Task> tasks = IntStream.range(0, 4).mapToObj(i -> harness.submit(document(i))).toList();
    harness.finish();
    assertThat(model.computedTokens()).isEqualTo(4 * 103);
    assertThat(tasks).allMatch(task -> task.cachedTokens() == 0);
  }

  @Test
  void oneTokenCandidatesNeedNoRowsOfTheirOwn() {
    LoopHarness harness = harness(false, 1000);
    harness.submit(score(HEADER, new int[] {1}, new int[] {2}, new int[] {3}, new int[] {4}));
    harness.finish();
    assertThat(model.steps()).hasSize(1);
    assertThat(model.computedTokens()).isEqualTo(100);
    assertThat(model.steps().get(0).head().rows()).containsExactly(99);
    assertThat(model.steps().get(0).head().targetIds()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void longCandidatesShareTheContextAndNeverRunTheirLastToken() {
    LoopHarness harness = harness(false, 1000);
    harness.submit(score(HEADER, new int[] {1, 2, 3}, new int[] {2}, new int[] {3, 4}));
    harness.finish();
    assertThat(model.computedTokens()).isEqualTo(100 + 2 + 1);
    assertThat(model.steps()).hasSize(2);
    // The context ends inside a block, which both forks go on with in a copy of their own.
    assertThat(model.steps().get(1).copyTo().length).isBetween(1, 2);
  }

  @Test
  void aLoneLongCandidateRunsWithItsContextInOneStep() {
    LoopHarness harness = harness(true, 1000);
    harness.submit(score(HEADER, new int[] {1, 2, 3}, new int[] {2}));
    harness.finish();
    assertThat(model.steps()).hasSize(1);
    assertThat(model.computedTokens()).isEqualTo(102);
  }

  @Test
  void samplesComputeTheirPromptOnce() {
    LoopHarness harness = harness(false, 1000);
    SamplingParams four =
        new SamplingParams(5, 0, 1.0, 0, 1.0, 0.0, 1.0, 0.0, 0.0, List.of(), true, 4, -1, 1);
    harness.submit(new Request.Generate(HEADER, four, 1, () -> StopCondition.NEVER));
    harness.finish();
    assertThat(model.computedTokens()).isEqualTo(100 + 4 * 4);
  }

  @Test
  void greedyDecodingFetchesNoLogits() {
    LoopHarness harness = harness(true, 1000);
    harness.submit(
        new Request.Generate(HEADER, SamplingParams.greedy(5), 1, () -> StopCondition.NEVER));
    harness.finish();
    assertThat(model.steps()).allMatch(step -> step.head().logitsRows().length == 0);
    assertThat(model.steps()).allMatch(step -> step.head().rows().length == 1);
  }

  private LoopHarness harness(boolean prefixCache, int stepTokens) {
    return new LoopHarness(
        model, new EngineOptions(stepTokens, 100, 1000, prefixCache, new int[] {0}));
  }

  private static Request document(int number) {
    int[] context = Arrays.copyOf(HEADER, 103);
    Arrays.fill(context, 100, 103, 1 + number);
    return score(context, new int[] {1}, new int[] {2});
  }

  private static Request.Score score(int[] context, int[]... candidates) {
    return new Request.Score(context, List.of(candidates), false);
  }
}
