package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelOptions;
import io.promptmill.model.StepInput;
import io.promptmill.model.runtime.DevicePlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row's logits are the same bits whatever else is computed with it, and in whatever pieces. */
class BatchInvarianceTest {
  private static final int VOCAB = 320;
  private static final int LENGTH = 1_100;
  private static final int BLOCKS_EACH = 70;

  private static GraphCausalLm open(CheckpointDirectory checkpoint, String dtype, int threads) {
    return DeepSeekV2.open(
        checkpoint,
        new ModelOptions(dtype, List.of("cpu"), 64 << 20, 2048, threads),
        ModelVariant.fastest(DevicePlacement.of(List.of("cpu"))));
  }

  private static int[] sequence(long seed) {
    return new SplittableRandom(seed).ints(LENGTH, 0, VOCAB).toArray();
  }

  /** Logits of the last row, and of a few before it. */
  private static List<float[]> tail(float[][] logits) {
    return List.of(logits).subList(logits.length - 3, logits.length);
  }

  private static List<float[]> inChunks(GraphCausalLm model, int[] tokens, int chunk) {
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < tokens.length; from += chunk) {
      int to = Math.min(tokens.length, from + chunk);
      Steps steps = new Steps(model.kvLayout()).add(Steps.part(tokens, from, to), from, 0);
      boolean late = to > tokens.length - 3;
      if (late) {
        rows.addAll(List.of(model.step(steps.allLogits()).logits()));
      } else {
        model.step(steps.input(noHead()));
      }
    }
    return rows.subList(rows.size() - 3, rows.size());
  }

  private static HeadRequest noHead() {
    return new HeadRequest(new int[0], new int[0], new int[0], new int[0], 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void logitsDoNotDependOnChunksOrThreads(String dtype) {
    int[] tokens = sequence(1);
    List<float[]> expected;
    try (CheckpointDirectory checkpoint = Golden.shipped().get(0).open();
        GraphCausalLm model = open(checkpoint, dtype, 2)) {
      expected = inChunks(model, tokens, 511);
      for (int chunk : new int[] {500, 129, 64, 37}) {
        assertSameBits(inChunks(model, tokens, chunk), expected, dtype + " in chunks of " + chunk);
      }
      // Decoding the last tokens one at a time on the cache of the long chunks.
      List<float[]> decoded = new ArrayList<>();
      for (int at = LENGTH - 3; at < LENGTH; at++) {
        Steps step = new Steps(model.kvLayout()).add(Steps.part(tokens, at, at + 1), at, 0);
        decoded.addAll(List.of(model.step(step.allLogits()).logits()));
      }
      assertSameBits(decoded, expected, dtype + " decoded");
    }
    try (CheckpointDirectory checkpoint = Golden.shipped().get(0).open();
        GraphCausalLm model = open(checkpoint, dtype, 1)) {
      assertSameBits(inChunks(model, tokens, 511), expected, dtype + " with one thread");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void logitsDoNotDependOnTheRestOfTheBatch(String dtype) {
    try (CheckpointDirectory checkpoint = Golden.shipped().get(0).open();
        GraphCausalLm model = open(checkpoint, dtype, 2)) {
      int[] first = Steps.part(sequence(1), 0, 90);
      var alone = new Steps(model.kvLayout()).add(first, 0, 0).allLogits();
      List<float[]> expected = tail(model.step(alone).logits());
      for (int others : new int[] {1, 2, 5, 17}) {
        Steps steps = new Steps(model.kvLayout());
        for (int i = 1; i <= others; i++) {
          steps.add(Steps.part(sequence(i), 0, 3 + 7 * i % 19), 0, i * BLOCKS_EACH % 400 + 10);
        }
        steps.add(first, 0, 0);
        List<float[]> together = tail(model.step(steps.allLogits()).logits());
        assertSameBits(together, expected, dtype + " with " + others + " others");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void logitsDoNotDependOnWhoSharesAPrefix(String dtype) {
    try (CheckpointDirectory checkpoint = Golden.shipped().get(0).open();
        GraphCausalLm model = open(checkpoint, dtype, 2)) {
      KvLayout layout = model.kvLayout();
      int[] tokens = sequence(1);
      inChunks(model, tokens, 500);
      int prefix = layout.splitSize();
      int rows = 40;
      // Forty sequences go on from one cached split, each with a token of its own.
      List<float[]> shared = List.of(model.step(goingOn(layout, tokens, rows, prefix)).logits());
      for (int row : new int[] {0, 13, 39}) {
        StepInput alone = goingOnAlone(layout, tokens, row, prefix);
        assertSameBits(
            List.of(model.step(alone).logits()),
            List.of(shared.get(row)),
            dtype + " row " + row + " alone");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void logitsDoNotDependOnThePartsThatAStepIsCutInto(String dtype) {
    try (CheckpointDirectory checkpoint = Golden.shipped().get(0).open();
        GraphCausalLm model = open(checkpoint, dtype, 2)) {
      Steps steps = new Steps(model.kvLayout());
      steps.add(Steps.part(sequence(1), 0, 700), 0, 0);
      steps.add(Steps.part(sequence(2), 0, 5), 0, BLOCKS_EACH);
      StepInput step = steps.allLogits();
      List<float[]> whole = List.of(model.step(step).logits());
      for (long attentionBytes : new long[] {5 << 20, 12 << 20}) {
        List<float[]> cut = List.of(model.step(step, attentionBytes).logits());
        assertSameBits(cut, whole, dtype + " in parts of " + attentionBytes + " bytes");
      }
    }
  }

  private static StepInput goingOn(KvLayout layout, int[] tokens, int rows, int prefix) {
    int[] all = IntStream.range(0, rows).toArray();
    List<AttentionGroup> groups = new ArrayList<>();
    groups.add(new AttentionGroup(all, prefixBlocks(layout), 0));
    for (int row : all) {
      groups.add(new AttentionGroup(new int[] {row}, new int[] {100 + row}, prefix));
    }
    return step(layout, tokens, all, prefix, groups);
  }

  private static StepInput goingOnAlone(KvLayout layout, int[] tokens, int row, int prefix) {
    int[] one = {0};
    return step(
        layout,
        tokens,
        new int[] {row},
        prefix,
        List.of(
            new AttentionGroup(one, prefixBlocks(layout), 0),
            new AttentionGroup(one, new int[] {100 + row}, prefix)));
  }

  private static int[] prefixBlocks(KvLayout layout) {
    return IntStream.range(0, layout.blocksPerSplit()).toArray();
  }

  private static StepInput step(
      KvLayout layout, int[] tokens, int[] rows, int prefix, List<AttentionGroup> groups) {
    int[] asked = IntStream.range(0, rows.length).toArray();
    return new StepInput(
        IntStream.of(rows).map(row -> tokens[row]).toArray(),
        IntStream.of(rows).map(row -> prefix).toArray(),
        IntStream.of(rows).map(row -> (100 + row) * layout.blockSize()).toArray(),
        new int[0],
        new int[0],
        new AttentionPlan(groups),
        new HeadRequest(asked, new int[0], new int[0], asked, 0));
  }

  private static void assertSameBits(List<float[]> actual, List<float[]> expected, String what) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as(what).isEqualTo(expected.get(i));
    }
  }
}
