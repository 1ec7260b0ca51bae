package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.KvLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random sharing, growing, forking, failing and releasing: 100 tries of 1,000 operations. */
class PagedCacheInvariantsTest {
  private static final int OPERATIONS = 1_000;

  private final Task task = new ScoreTask(new int[] {1}, new int[][] {{1}}, false);
  private final List<Sequence> sequences = new ArrayList<>();
  private final Map<Integer, List<Integer>> spelled = new HashMap<>();
  private Random random = new Random(0);
  private KvLayout layout = new KvLayout(1, 1, 1, 1);
  private PagedCache cache = new PagedCache(layout, true);

  @Property(tries = 100)
  void noBlockIsLeakedSharedWronglyOrFreedTwice(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int blockSize,
      @ForAll @IntRange(min = 4, max = 40) int blockCount) {
    random = new Random(seed);
    layout = new KvLayout(blockSize, 2, blockCount, 1);
    cache = new PagedCache(layout, true);
    sequences.clear();
    spelled.clear();
    for (int i = 0; i < OPERATIONS; i++) {
      operate();
      checkReferences();
    }
    sequences.forEach(cache::release);
    CacheIntegrity.checkIdle(cache.pool());
  }

  private void operate() {
    switch (random.nextInt(sequences.size() > 8 ? 4 : 3)) {
      case 0 -> start();
      case 1 -> fork();
      case 2 -> step();
      default -> cache.release(sequences.remove(random.nextInt(sequences.size())));
    }
  }

  private void start() {
    int[] tokens = random.ints(1 + random.nextInt(20), 0, 2).toArray();
    Sequence sequence = new Sequence(task, 0, tokens, tokens.length - 1);
    cache.attach(sequence);
    for (int i = 0; i < sequence.blockCount(); i++) {
      assertThat(spelled.get(sequence.blocks()[i]))
          .isEqualTo(prefix(sequence, (i + 1) * layout.blockSize()));
    }
    sequences.add(sequence);
  }

  private void fork() {
    if (!sequences.isEmpty()) {
      Sequence parent = sequences.get(random.nextInt(sequences.size()));
      int[] tokens = Arrays.copyOf(parent.tokens(), parent.computed() + 1 + random.nextInt(4));
      Sequence child = new Sequence(task, 0, tokens, tokens.length - 1);
      cache.fork(parent, child);
      sequences.add(child);
    }
  }

  /** Grows some sequences; in one of ten the step fails and they lose everything. */
  private void step() {
    StepPlan plan = new StepPlan(1000, 1000);
    List<Sequence> grown = new ArrayList<>();
    for (Sequence sequence : sequences) {
      int count = Math.min(sequence.remaining(), 1 + random.nextInt(5));
      if (count > 0
          && random.nextBoolean()
          && cache.missingBlocks(sequence, count) <= cache.pool().available()) {
        cache.extend(sequence, count, plan);
        sequence.advance(count);
        grown.add(sequence);
        for (int end = layout.blockSize(); end <= sequence.computed(); end += layout.blockSize()) {
          spelled.put(sequence.blocks()[end / layout.blockSize() - 1], prefix(sequence, end));
        }
      }
    }
    cache.releaseCopied(plan);
    if (random.nextInt(10) == 0) {
      cache.unpublish(plan);
      grown.forEach(cache::release);
    }
  }

  private void checkReferences() {
    int[] references = new int[layout.blockCount()];
    for (Sequence sequence : sequences) {
      for (int i = 0; i < sequence.blockCount(); i++) {
        references[sequence.blocks()[i]]++;
      }
    }
    int held = 0;
    for (int block = 0; block < references.length; block++) {
      assertThat(cache.pool().references(block)).isEqualTo(references[block]);
      held += references[block] > 0 ? 1 : 0;
    }
    assertThat(cache.pool().available()).isEqualTo(layout.blockCount() - held);
    assertThat(cache.pool().used()).isEqualTo(held + cache.pool().idle());
  }

  private static List<Integer> prefix(Sequence sequence, int length) {
    return Arrays.stream(sequence.tokens(), 0, length).boxed().toList();
  }
}
