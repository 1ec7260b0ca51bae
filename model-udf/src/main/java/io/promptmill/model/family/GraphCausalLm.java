package io.promptmill.model.family;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.CausalLm;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelInfo;
import io.promptmill.model.StepInput;
import io.promptmill.model.StepOutput;
import io.promptmill.model.runtime.FetchedValues;
import io.promptmill.model.runtime.GraphSession;
import io.promptmill.model.runtime.QueryInputs;
import io.promptmill.model.runtime.StepTensors;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** A decoder graph behind the contract of a causal language model. */
final class GraphCausalLm implements CausalLm {
  /** What the attention of rows that run together may take. */
  private static final long ATTENTION_BYTES = 2L << 30;

  private final GraphSession session;
  private final DecoderGraph graph;
  private final ModelInfo info;
  private final KvLayout layout;
  private final int maxStepTokens;
  private final AttentionMemory memory;

  GraphCausalLm(
      GraphSession session,
      DecoderGraph graph,
      ModelInfo info,
      KvLayout layout,
      int maxStepTokens,
      AttentionMemory memory) {
    this.session = session;
    this.graph = graph;
    this.info = info;
    this.layout = layout;
    this.maxStepTokens = maxStepTokens;
    this.memory = memory;
  }

  @Override
  public ModelInfo info() {
    return info;
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
  public StepOutput step(StepInput input) {
    return step(input, ATTENTION_BYTES);
  }

  /** As {@link #step(StepInput)}, with attention in parts of so many bytes. */
  StepOutput step(StepInput input, long attentionBytes) {
    if (input.tokenIds().length > maxStepTokens) {
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "a step takes " + maxStepTokens + " tokens, found " + input.tokenIds().length);
    }
    try {
      copyBlocks(input);
      float[] hidden = new float[input.head().rows().length * graph.head().width()];
      for (StepPart part : StepPart.cut(input, memory, attentionBytes)) {
        run(part, hidden);
      }
      return graph.head().run(session, input.head(), hidden);
    } catch (RuntimeException e) { // TensorFlow's exceptions have no other common type
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED, "the forward pass failed: " + e.getMessage(), e);
    }
  }

  /**
   * Runs one step and gives the hidden states that {@link DecoderGraph#states} lists, row-major.
   */
  List<float[]> hiddenStates(StepInput input) {
    copyBlocks(input);
    return states(PaddedStep.of(input, layout), graph.states());
  }

  /** Runs a part and puts the last states of its head rows where they are in the whole step. */
  private void run(StepPart part, float[] hidden) {
    PaddedStep step = PaddedStep.of(part.input(), layout);
    if (step.headRows().length == 0) {
      write(step);
      return;
    }
    List<Operand<TFloat32>> states = graph.states();
    float[] last = states(step, List.of(states.get(states.size() - 1))).get(0);
    int width = graph.head().width();
    for (int i = 0; i < part.headIndices().length; i++) {
      System.arraycopy(last, i * width, hidden, part.headIndices()[i] * width, width);
    }
  }

  private void copyBlocks(StepInput input) {
    int blocks = input.copyFrom().length;
    if (blocks > 0) {
      graph.cache().copy(session, slots(input.copyFrom()), slots(input.copyTo()));
    }
  }

  private int[] slots(int[] blocks) {
    int size = layout.blockSize();
    int[] slots = new int[blocks.length * size];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = blocks[i / size] * size + i % size;
    }
    return slots;
  }

  private void write(PaddedStep step) {
    try (StepTensors tensors = new StepTensors()) {
      Session.Runner runner = feedRows(step, tensors);
      graph.writes().forEach(runner::addTarget);
      runner.run().close();
    }
  }

  private List<float[]> states(PaddedStep step, List<Operand<TFloat32>> wanted) {
    try (StepTensors tensors = new StepTensors()) {
      Session.Runner runner = feedRows(step, tensors);
      runner.feed(graph.in().headRows(), tensors.ints(step.headRows(), step.headRows().length));
      feed(runner, tensors, graph.in().head(), step.headPositions(), step.headAttention());
      wanted.forEach(runner::fetch);
      List<float[]> fetched = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < wanted.size(); i++) {
          fetched.add(FetchedValues.floats(result.get(i)));
        }
      }
      return fetched;
    }
  }

  private Session.Runner feedRows(PaddedStep step, StepTensors tensors) {
    int rows = step.tokenIds().length;
    Session.Runner runner =
        session
            .runner()
            .feed(graph.in().tokenIds(), tensors.ints(step.tokenIds(), rows))
            .feed(graph.in().slots(), tensors.ints(step.slots(), rows));
    feed(runner, tensors, graph.in().all(), step.positions(), step.attention());
    return runner;
  }

  private void feed(
      Session.Runner runner,
      StepTensors tensors,
      QueryInputs inputs,
      int[] positions,
      AttentionPlan attention) {
    inputs.feed(runner, tensors, positions, graph.rotary().cosSin(positions), attention);
  }

  @Override
  public void close() {
    session.close();
  }
}
