package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.AttentionGroup;
import io.promptmill.model.CausalLm;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelInfo;
import io.promptmill.model.StepInput;
import io.promptmill.model.StepOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A model whose latent is a hash of a token, its position and all latents before it, kept in a real
 * paged cache and read back through the attention plan alone. A wrong, stale or missing block or
 * split changes every later output; a plan that breaks the contract throws.
 */
final class FakeLm implements CausalLm {
  /** Width of hidden states, which are the first logits. */
  static final int HIDDEN = 4;

  private final KvLayout layout;
  private final int vocabSize;
  private final int maxStepTokens;
  private final long[] latents;
  private final Set<Integer> poison = new HashSet<>();
  private final Set<Integer> confusing = new HashSet<>();
  private final List<StepInput> steps = new ArrayList<>();
  private int failures;
  private boolean closed;
  private Runnable beforeStep = () -> {};

  FakeLm(int vocabSize, int maxStepTokens, KvLayout layout) {
    this.vocabSize = vocabSize;
    this.maxStepTokens = maxStepTokens;
    this.layout = layout;
    latents = new long[layout.blockCount() * layout.blockSize()];
    Arrays.setAll(latents, i -> mix(i + 77));
  }

  /** Makes every step with this token fail and spoil what it was to write. */
  FakeLm poison(int token) {
    poison.add(token);
    return this;
  }

  /** Makes logits of rows with this token not numbers. */
  FakeLm confuse(int token) {
    confusing.add(token);
    return this;
  }

  FakeLm beforeStep(Runnable action) {
    beforeStep = action;
    return this;
  }

  /** Inputs of the steps that did not fail. Read only while the engine is idle. */
  List<StepInput> steps() {
    return steps;
  }

  int failures() {
    return failures;
  }

  boolean closed() {
    return closed;
  }

  int computedTokens() {
    return steps.stream().mapToInt(step -> step.tokenIds().length).sum();
  }

  /** Logits after a whole sequence, computed without any cache. */
  static float[] logitsAfter(int[] tokens, int vocabSize) {
    long[] own = new long[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      long hash = 1;
      for (int j = 0; j < i; j++) {
        hash = mix(hash ^ own[j]);
      }
      own[i] = latent(hash, tokens[i], i);
    }
    return logits(own[tokens.length - 1], vocabSize);
  }

  /** One row of a step's output that has these logits. */
  static HeadRow row(float[] logits) {
    float[][] rows = {logits};
    StepOutput output =
        new StepOutput(
            new int[1], new float[1], new float[0], rows, new int[1][0], new float[1][0]);
    return new HeadRow(output, 0, 0, 0, 0, false);
  }

  /** Natural log-probabilities in float32. */
  static float[] logSoftmax(float[] logits) {
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    float[] result = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      result[i] = (float) (logits[i] - max - Math.log(sum));
    }
    return result;
  }

  /** Token ids, the most likely first, lower ids first among equals. */
  static int[] ranked(float[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]).thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Fake", "r0", vocabSize, 1_000_000, "float32", List.of("/CPU:0"), 0, 0);
  }

  @Override
  public KvLayout kvLayout() {
    return layout;
  }

  @Override
  public int maxStepTokens() {
    return maxStepTokens;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public StepOutput step(StepInput input) {
    beforeStep.run();
    List<NavigableMap<Integer, AttentionGroup>> rowGroups =
        StepContract.check(input, layout, maxStepTokens);
    if (Arrays.stream(input.tokenIds()).anyMatch(poison::contains)) {
      failures++;
      for (int slot : input.slots()) {
        latents[slot] = mix(latents[slot] + failures);
      }
      for (int block : input.copyTo()) {
        Arrays.fill(
            latents, block * layout.blockSize(), (block + 1) * layout.blockSize(), failures);
      }
      throw new PromptmillException(ErrorCode.ENGINE_FAILED, "poisoned step");
    }
    steps.add(input);
    copy(input);
    int[] order =
        IntStream.range(0, input.tokenIds().length)
            .boxed()
            .sorted(Comparator.comparingInt(row -> input.positions()[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] own = new long[order.length];
    for (int row : order) {
      int position = input.positions()[row];
      long hash = 1;
      for (int i = 0; i < position; i++) {
        hash = mix(hash ^ latents[slotOf(rowGroups.get(row), i)]);
      }
      own[row] = latent(hash, input.tokenIds()[row], position);
      latents[input.slots()[row]] = own[row];
    }
    return head(input, own);
  }

  private int slotOf(NavigableMap<Integer, AttentionGroup> groups, int position) {
    AttentionGroup group = groups.get(position / layout.splitSize() * layout.splitSize());
    int offset = position - group.firstPosition();
    return group.blocks()[offset / layout.blockSize()] * layout.blockSize()
        + offset % layout.blockSize();
  }

  private void copy(StepInput input) {
    for (int i = 0; i < input.copyFrom().length; i++) {
      System.arraycopy(
          latents,
          input.copyFrom()[i] * layout.blockSize(),
          latents,
          input.copyTo()[i] * layout.blockSize(),
          layout.blockSize());
    }
  }

  private StepOutput head(StepInput input, long[] own) {
    HeadRequest request = input.head();
    int rows = request.rows().length;
    int[] argmax = new int[rows];
    float[] argmaxLogprobs = new float[rows];
    int[][] topIds = new int[rows][];
    float[][] topLogprobs = new float[rows][request.topN()];
    float[][] logits = new float[rows][];
    float[][] logprobs = new float[rows][];
    for (int row = 0; row < rows; row++) {
      logits[row] = logits(own[request.rows()[row]], vocabSize);
      if (confusing.contains(input.tokenIds()[request.rows()[row]])) {
        Arrays.fill(logits[row], Float.NaN);
      }
      logprobs[row] = logSoftmax(logits[row]);
      int[] ranked = ranked(logits[row]);
      argmax[row] = ranked[0];
      argmaxLogprobs[row] = logprobs[row][ranked[0]];
      topIds[row] = Arrays.copyOf(ranked, request.topN());
      for (int i = 0; i < request.topN(); i++) {
        topLogprobs[row][i] = logprobs[row][ranked[i]];
      }
    }
    forgetDistributions(request, argmaxLogprobs);
    float[] targets = new float[request.targetIds().length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = logprobs[request.targetRows()[i]][request.targetIds()[i]];
    }
    float[][] wanted =
        Arrays.stream(request.logitsRows()).mapToObj(row -> logits[row]).toArray(float[][]::new);
    float[][] hidden =
        Arrays.stream(request.hiddenRows())
            .mapToObj(row -> Arrays.copyOf(logits[row], HIDDEN))
            .toArray(float[][]::new);
    return new StepOutput(argmax, argmaxLogprobs, targets, wanted, topIds, topLogprobs, hidden);
  }

  /** Rows that are asked for their hidden state alone say nothing of tokens. */
  private static void forgetDistributions(HeadRequest request, float[] argmaxLogprobs) {
    for (int row : request.hiddenRows()) {
      if (IntStream.concat(IntStream.of(request.targetRows()), IntStream.of(request.logitsRows()))
          .noneMatch(each -> each == row)) {
        argmaxLogprobs[row] = Float.NaN;
      }
    }
  }

  // Coarse steps, so that equal logits are common.
  private static float[] logits(long latent, int vocabSize) {
    float[] logits = new float[vocabSize];
    for (int token = 0; token < vocabSize; token++) {
      logits[token] = Math.floorMod(mix(latent + token), 64) / 16f - 2f;
    }
    return logits;
  }

  private static long latent(long context, int token, int position) {
    return mix(mix(context + token) + position);
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
