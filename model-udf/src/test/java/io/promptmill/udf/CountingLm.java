package io.promptmill.udf;

import io.promptmill.model.CausalLm;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelInfo;
import io.promptmill.model.StepInput;
import io.promptmill.model.StepOutput;
import java.util.Arrays;
import java.util.List;

/** A model whose next token is the last one's id plus one, whatever came before. */
final class CountingLm implements CausalLm {

  private final int vocabSize;
  boolean closed;

  CountingLm(int vocabSize) {
    this.vocabSize = vocabSize;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Counting", "c0", vocabSize, 4096, "float32", List.of("/CPU:0"), 0, 0);
  }

  @Override
  public KvLayout kvLayout() {
    return new KvLayout(16, 4, 512, 1);
  }

  @Override
  public int maxStepTokens() {
    return 64;
  }

  @Override
  public StepOutput step(StepInput input) {
    HeadRequest head = input.head();
    int[] next =
        Arrays.stream(head.rows()).map(row -> (input.tokenIds()[row] + 1) % vocabSize).toArray();
    float[] targets = new float[head.targetIds().length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = head.targetIds()[i] == next[head.targetRows()[i]] ? -0.5f : -2;
    }
    float[] logprobs = new float[next.length];
    Arrays.fill(logprobs, -0.5f);
    return new StepOutput(
        next,
        logprobs,
        targets,
        new float[0][],
        new int[next.length][0],
        new float[next.length][0]);
  }

  @Override
  public void close() {
    closed = true;
  }
}
