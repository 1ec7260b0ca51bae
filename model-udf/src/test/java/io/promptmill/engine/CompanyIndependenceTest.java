package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.KvLayout;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A request's result is the same bits whatever else runs, however little room there is. */
class CompanyIndependenceTest {
  private static final int LONGEST = 30;

  @Property(
      tries = 1000,
      seed = "-8751895341167607965",
      shrinking = net.jqwik.api.ShrinkingMode.OFF)
  void givesTheResultOfRunningAlone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int requestCount,
      @ForAll @IntRange(min = 1, max = 5) int blockSize,
      @ForAll @IntRange(min = 1, max = 3) int blocksPerSplit,
      @ForAll @IntRange(min = 0, max = 12) int spareBlocks,
      @ForAll @IntRange(min = 1, max = 40) int stepTokens,
      @ForAll @IntRange(min = 1, max = 8) int maxRunning,
      @ForAll boolean prefixCache) {
    Random random = new Random(seed);
    List<Request> requests = Workloads.random(random, requestCount, LONGEST);
    int blocks = (2 * LONGEST + blockSize - 1) / blockSize / 2 + spareBlocks;
    FakeLm model =
        new FakeLm(Workloads.VOCAB, stepTokens, new KvLayout(blockSize, blocksPerSplit, blocks, 1))
            .poison(Workloads.POISON);
    LoopHarness crowded =
        new LoopHarness(
            model, new EngineOptions(stepTokens, maxRunning, LONGEST, prefixCache, Workloads.EOS));
    for (Request request : requests) {
      crowded.submit(request);
      for (int steps = random.nextInt(3); steps > 0 && !crowded.idle(); steps--) {
        crowded.step();
      }
    }
    crowded.finish();

    assertThat(crowded.outcomes())
        .isEqualTo(requests.stream().map(CompanyIndependenceTest::alone).toList());
    CacheIntegrity.checkIdle(crowded.cache().pool());
  }

  private static String alone(Request request) {
    FakeLm model =
        new FakeLm(Workloads.VOCAB, 1000, new KvLayout(16, 2, 100, 1)).poison(Workloads.POISON);
    LoopHarness harness =
        new LoopHarness(model, new EngineOptions(1000, 100, LONGEST, true, Workloads.EOS));
    harness.submit(request);
    harness.finish();
    return harness.outcomes().get(0);
  }
}
