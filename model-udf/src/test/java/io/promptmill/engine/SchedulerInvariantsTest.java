package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.KvLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random submitting, cancelling and stepping in tiny caches: 100 tries of 1,000 operations. */
class SchedulerInvariantsTest {
  private static final int OPERATIONS = 1_000;
  private static final int LONGEST = 16;
  private static final int SAMPLES = 3;

  // The oldest waits for younger ones to finish their decoding at most, then does all its own.
  private static final int STEPS_AS_OLDEST = 3 * SAMPLES * LONGEST;

  private final List<Task> open = new ArrayList<>();
  private int stepsAsOldest;

  @Property(tries = 100)
  void leaksNoBlockAndLetsNobodyStarve(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int blockSize,
      @ForAll @IntRange(min = 0, max = 6) int spareBlocks,
      @ForAll @IntRange(min = 1, max = 16) int stepTokens,
      @ForAll @IntRange(min = 1, max = 6) int maxRunning) {
    Random random = new Random(seed);
    int blocks = (LONGEST + blockSize - 1) / blockSize + spareBlocks;
    LoopHarness harness =
        new LoopHarness(
            new FakeLm(Workloads.VOCAB, stepTokens, new KvLayout(blockSize, 2, blocks, 1)),
            new EngineOptions(stepTokens, maxRunning, LONGEST, true, Workloads.EOS));
    open.clear();
    for (int i = 0; i < OPERATIONS; i++) {
      int choice = random.nextInt(10);
      if (choice < 3 || harness.idle()) {
        open.add(harness.submit(Workloads.random(random, 1, LONGEST - 4).get(0)));
      } else if (choice == 3) {
        harness.cancel(open.remove(random.nextInt(open.size())));
      } else {
        step(harness);
      }
      checkReferences(harness.cache().pool());
    }
    while (!harness.idle()) {
      step(harness);
    }
    assertThat(open).isEmpty();
    CacheIntegrity.checkIdle(harness.cache().pool());
  }

  private void step(LoopHarness harness) {
    Task oldest = open.get(0);
    harness.step();
    open.removeIf(task -> task.future().isDone());
    stepsAsOldest = !open.isEmpty() && open.get(0) == oldest ? stepsAsOldest + 1 : 0;
    assertThat(stepsAsOldest).as("steps of the oldest request").isLessThan(STEPS_AS_OLDEST);
  }

  private void checkReferences(BlockPool pool) {
    int[] references = new int[pool.size()];
    for (Task task : open) {
      for (Sequence sequence : task.live()) {
        for (int i = 0; i < sequence.blockCount(); i++) {
          references[sequence.blocks()[i]]++;
        }
      }
    }
    for (int block = 0; block < references.length; block++) {
      assertThat(pool.references(block)).isEqualTo(references[block]);
    }
  }
}
