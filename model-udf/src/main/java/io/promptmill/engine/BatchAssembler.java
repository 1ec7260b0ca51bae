package io.promptmill.engine;

import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;

/** Makes the model's input out of a plan. One thread. */
final class BatchAssembler {

  /** A step's input and the way back from its output to the sequences. */
  record Batch(StepInput input, HeadRows head) {}

  private final KvLayout layout;
  private final AttentionAssembler attention;

  BatchAssembler(KvLayout layout) {
    this.layout = layout;
    attention = new AttentionAssembler(layout);
  }

  Batch assemble(StepPlan plan) {
    int[] tokenIds = new int[plan.tokens()];
    int[] positions = new int[plan.tokens()];
    int[] slots = new int[plan.tokens()];
    HeadRows head = new HeadRows();
    int row = 0;
    for (StepPlan.Chunk chunk : plan.chunks()) {
      Sequence sequence = chunk.sequence();
      for (int position = chunk.from(); position < chunk.from() + chunk.count(); position++) {
        tokenIds[row] = sequence.tokens()[position];
        positions[row] = position;
        slots[row] =
            sequence.blocks()[position / layout.blockSize()] * layout.blockSize()
                + position % layout.blockSize();
        if (position >= sequence.nextOutput()) {
          head.begin(sequence, position, row);
          sequence.task().ask(sequence, position, head);
        }
        row++;
      }
    }
    StepInput input =
        new StepInput(
            tokenIds,
            positions,
            slots,
            plan.copyFrom().toArray(),
            plan.copyTo().toArray(),
            attention.assemble(plan.chunks()),
            head.request());
    return new Batch(input, head);
  }
}
