package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The engine's own work for a step must vanish beside a forward pass of many milliseconds. */
class EngineOverheadTest {
  private static final int SEQUENCES = 128;
  private static final int SPLITS = 64;
  private static final KvLayout LAYOUT = new KvLayout(16, 8, SEQUENCES * SPLITS * 8 + 1000, 1);

  @Test
  void planningALargeDecodeStepTakesFewMilliseconds() {
    PagedCache cache = new PagedCache(LAYOUT, true);
    SequenceQueues queues = new SequenceQueues(cache);
    Scheduler scheduler =
        new Scheduler(
            queues,
            cache,
            new FailureIsolation(),
            new EngineCounters(),
            SEQUENCES * SPLITS * LAYOUT.splitSize(),
            SEQUENCES);
    BatchAssembler assembler = new BatchAssembler(LAYOUT);
    RequestIntake intake = new RequestIntake(1000, LAYOUT.blockCount(), new int[0]);
    int length = SPLITS * LAYOUT.splitSize() - 200;
    Sequence[] sequences = new Sequence[SEQUENCES];
    for (int i = 0; i < SEQUENCES; i++) {
      int[] tokens = new int[length];
      Arrays.fill(tokens, i);
      Task task =
          intake.task(
              new Request.Generate(
                  tokens, SamplingParams.greedy(1000), 1, () -> StopCondition.NEVER));
      task.arrival(i);
      sequences[i] = task.first();
      queues.enqueue(sequences[i]);
    }
    scheduler.plan();

    long best = Long.MAX_VALUE;
    for (int step = 0; step < 150; step++) {
      for (Sequence sequence : sequences) {
        sequence.append(step);
        sequence.outputTaken(sequence.length() - 2);
      }
      long start = System.nanoTime();
      StepInput input = assembler.assemble(scheduler.plan()).input();
      best = Math.min(best, System.nanoTime() - start);
      assertThat(input.tokenIds()).hasSize(SEQUENCES);
      assertThat(input.attention().groups()).hasSizeGreaterThan(SEQUENCES * (SPLITS - 3));
    }
    assertThat(best).as("nanoseconds of the best step").isLessThan(5_000_000);
  }
}
