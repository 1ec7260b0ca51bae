package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.checkpoint.DType;
import io.promptmill.checkpoint.TensorRead;
import io.promptmill.checkpoint.WeightSource;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelOptions;
import io.promptmill.model.StepInput;
import io.promptmill.model.StepOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a step tells of its logits agrees with the logits themselves. */
class HeadRequestTest {
  private static final int[] TOKENS = new SplittableRandom(3).ints(300, 0, 320).toArray();

  private static CheckpointDirectory checkpoint;
  private static GraphCausalLm model;

  @BeforeAll
  static void open() {
    checkpoint = Golden.shipped().get(0).open();
    model =
        (GraphCausalLm)
            ModelFamilies.open(
                checkpoint, new ModelOptions("float32", List.of("cpu"), 16 << 20, 512, 2));
  }

  @AfterAll
  static void close() {
    model.close();
    checkpoint.close();
  }

  private static StepOutput step(HeadRequest head) {
    return model.step(new Steps(model.kvLayout()).add(TOKENS, 0, 0).input(head));
  }

  private static double logprob(float[] logits, int id) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return logits[id] - max - Math.log(sum);
  }

  @Test
  void argmaxTargetsAndAlternativesOfManyRowsAgreeWithTheirLogits() {
    int[] rows = IntStream.range(0, TOKENS.length).toArray();
    int[] targetRows = IntStream.range(0, TOKENS.length - 1).toArray();
    int[] targetIds = Arrays.copyOfRange(TOKENS, 1, TOKENS.length);
    StepOutput out = step(new HeadRequest(rows, targetRows, targetIds, rows, 4));
    for (int row : rows) {
      float[] logits = out.logits()[row];
      int best =
          IntStream.range(0, logits.length)
              .reduce((a, b) -> logits[b] > logits[a] ? b : a)
              .getAsInt();
      assertThat(out.argmax()[row]).isEqualTo(best);
      assertThat((double) out.argmaxLogprobs()[row]).isEqualTo(logprob(logits, best), within(1e-5));
      assertThat(out.topIds()[row]).hasSize(4).startsWith(best);
      for (int i = 0; i < 4; i++) {
        assertThat((double) out.topLogprobs()[row][i])
            .isEqualTo(logprob(logits, out.topIds()[row][i]), within(1e-5));
      }
      assertThat(out.topLogprobs()[row][3]).isLessThanOrEqualTo(out.topLogprobs()[row][0]);
    }
    for (int i = 0; i < targetRows.length; i++) {
      double expected = logprob(out.logits()[targetRows[i]], targetIds[i]);
      assertThat((double) out.targetLogprobs()[i]).isEqualTo(expected, within(1e-5));
    }
  }

  @Test
  void rowsInAnyOrderGiveTheSameBitsAsAll() {
    int[] all = IntStream.range(0, TOKENS.length).toArray();
    StepOutput whole = step(new HeadRequest(all, new int[0], new int[0], all, 0));
    int[] some = {299, 3, 150};
    StepOutput part =
        step(new HeadRequest(some, new int[] {2, 0}, new int[] {7, 8}, new int[] {1, 0, 2}, 0));
    assertThat(part.logits()[0]).isEqualTo(whole.logits()[3]);
    assertThat(part.logits()[1]).isEqualTo(whole.logits()[299]);
    assertThat(part.logits()[2]).isEqualTo(whole.logits()[150]);
    assertThat((double) part.targetLogprobs()[0])
        .isEqualTo(logprob(whole.logits()[150], 7), within(1e-5));
    assertThat(part.topIds()).hasDimensions(3, 0);
  }

  @Test
  void logProbabilitiesAreTheSameBitsForAnyNumberOfRows() {
    int[] none = {};
    int[] all = IntStream.range(0, TOKENS.length).toArray();
    StepOutput whole = step(new HeadRequest(all, none, none, none, 0));
    for (int count = 1; count <= 40; count++) {
      int[] some = IntStream.range(100, 100 + count).toArray();
      StepOutput part = step(new HeadRequest(some, none, none, none, 0));
      assertThat(part.argmaxLogprobs())
          .as(count + " rows")
          .isEqualTo(Arrays.copyOfRange(whole.argmaxLogprobs(), 100, 100 + count));
    }
  }

  @Test
  void hiddenStatesAreWhatTheHeadMakesLogitsOf() {
    int[] rows = IntStream.range(0, TOKENS.length).toArray();
    int[] none = {};
    int[] asked = {299, 3, 150};

    StepOutput out = step(new HeadRequest(rows, none, none, asked, 0, asked));

    assertThat(out.hidden()).hasNumberOfRows(3);
    float[] head = headRow(7, out.hidden()[0].length);
    for (int i = 0; i < asked.length; i++) {
      double logit = 0;
      for (int j = 0; j < head.length; j++) {
        logit += (double) head[j] * out.hidden()[i][j];
      }
      assertThat(logit).isEqualTo(out.logits()[i][7], within(1e-4));
    }
    StepOutput alone = step(new HeadRequest(new int[] {150}, none, none, none, 0, new int[] {0}));
    assertThat(alone.hidden()[0]).isEqualTo(out.hidden()[2]);
  }

  @Test
  void statesAloneAreTheSameBitsAsBesideDistributions() {
    int[] rows = IntStream.range(0, TOKENS.length).toArray();
    int[] none = {};

    StepOutput alone = step(new HeadRequest(rows, none, none, none, 0, rows));
    StepOutput beside = step(new HeadRequest(rows, none, none, rows, 3, rows));

    assertThat(alone.hidden()).isEqualTo(beside.hidden());
    assertThat(alone.topIds()).hasDimensions(TOKENS.length, 0);
  }

  /** A token's row of the head's weights, as float32. */
  private static float[] headRow(int tokenId, int width) {
    WeightSource weights = checkpoint.weights();
    boolean bf16 = weights.entry("lm_head.weight").dtype() == DType.BF16;
    int bytes = bf16 ? 2 : 4;
    ByteBuffer row = ByteBuffer.allocateDirect(width * bytes).order(ByteOrder.LITTLE_ENDIAN);
    weights.read(List.of(new TensorRead("lm_head.weight", (long) tokenId * width * bytes, row)));
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = bf16 ? Float.intBitsToFloat(row.getShort(i * 2) << 16) : row.getFloat(i * 4);
    }
    return values;
  }

  @Test
  void aStepWithoutHeadRowsOnlyWritesTheCache() {
    KvLayout layout = model.kvLayout();
    int[] none = {};
    HeadRequest nothing = new HeadRequest(none, none, none, none, 0);
    int[] first = Arrays.copyOf(TOKENS, 200);
    StepOutput silent = model.step(new Steps(layout).add(first, 0, 0).input(nothing));
    assertThat(silent.argmax()).isEmpty();
    int[] rest = Arrays.copyOfRange(TOKENS, 200, 300);
    StepOutput after = model.step(new Steps(layout).add(rest, 200, 0).allLogits());
    StepOutput whole = step(new HeadRequest(new int[] {299}, none, none, new int[] {0}, 0));
    assertThat(after.logits()[99]).isEqualTo(whole.logits()[0]);
  }

  @Test
  void copiedBlocksHoldWhatTheirSourceHeld() {
    KvLayout layout = model.kvLayout();
    int[] none = {};
    int[] prefix = Arrays.copyOf(TOKENS, 2 * layout.blockSize() + 5);
    model.step(
        new Steps(layout).add(prefix, 0, 0).input(new HeadRequest(none, none, none, none, 0)));
    int[] next = {TOKENS[prefix.length]};
    StepInput onOriginal = new Steps(layout).add(next, prefix.length, 0).allLogits();
    float[] expected = model.step(onOriginal).logits()[0];
    StepInput plan = new Steps(layout).add(next, prefix.length, 50).allLogits();
    StepInput onCopy =
        new StepInput(
            plan.tokenIds(),
            plan.positions(),
            plan.slots(),
            new int[] {0, 1, 2},
            new int[] {50, 51, 52},
            plan.attention(),
            plan.head());
    assertThat(model.step(onCopy).logits()[0]).isEqualTo(expected);
  }
}
