package io.promptmill.engine;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.KvLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups a step's rows by the ranges of the cache that they attend to. Splits lie at fixed
 * positions. A filled split that several sequences share is one group of all their rows; since a
 * block is only shared together with all blocks before it, its last block tells which one it is.
 * One thread.
 */
final class AttentionAssembler {
  private static final int NONE = -1;

  private final KvLayout layout;

  // The first and last chunk of the group whose split ends with a block; valid if the stamp is now.
  private final int[] firstChunk;
  private final int[] lastChunk;
  private final long[] stamp;
  private long now;

  AttentionAssembler(KvLayout layout) {
    this.layout = layout;
    firstChunk = new int[layout.blockCount()];
    lastChunk = new int[layout.blockCount()];
    stamp = new long[layout.blockCount()];
  }

  AttentionPlan assemble(List<StepPlan.Chunk> chunks) {
    int[][] rows = rowsOf(chunks);
    List<AttentionGroup> groups = new ArrayList<>();
    int[] nextInGroup = new int[chunks.size()];
    int splits = 0;
    for (StepPlan.Chunk chunk : chunks) {
      splits = Math.max(splits, (end(chunk) - 1) / layout.splitSize() + 1);
    }
    for (int split = 0; split < splits; split++) {
      link(chunks, split, nextInGroup);
      collect(chunks, split, rows, nextInGroup, groups);
    }
    return new AttentionPlan(groups);
  }

  /** Rows of each chunk in the flat batch. */
  private static int[][] rowsOf(List<StepPlan.Chunk> chunks) {
    int[][] rows = new int[chunks.size()][];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[chunks.get(i).count()];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = next++;
      }
    }
    return rows;
  }

  /** Chains the chunks that share a filled split, in order. */
  private void link(List<StepPlan.Chunk> chunks, int split, int[] nextInGroup) {
    now++;
    for (int i = 0; i < nextInGroup.length; i++) {
      nextInGroup[i] = NONE;
      if (fills(chunks.get(i), split)) {
        int block = lastBlock(chunks.get(i), split);
        if (stamp[block] == now) {
          nextInGroup[lastChunk[block]] = i;
        } else {
          stamp[block] = now;
          firstChunk[block] = i;
        }
        lastChunk[block] = i;
      }
    }
  }

  private void collect(
      List<StepPlan.Chunk> chunks,
      int split,
      int[][] rows,
      int[] nextInGroup,
      List<AttentionGroup> groups) {
    int first = split * layout.splitSize();
    for (int i = 0; i < nextInGroup.length; i++) {
      StepPlan.Chunk chunk = chunks.get(i);
      if (fills(chunk, split)) {
        if (firstChunk[lastBlock(chunk, split)] == i) {
          int[] blocks = chunk.sequence().filledSplit(split, layout.blocksPerSplit());
          groups.add(new AttentionGroup(join(chunks, i, first, rows, nextInGroup), blocks, first));
        }
      } else if (end(chunk) > first) {
        Sequence sequence = chunk.sequence();
        int[] blocks =
            Arrays.copyOfRange(
                sequence.blocks(), split * layout.blocksPerSplit(), sequence.blockCount());
        groups.add(new AttentionGroup(rowsFrom(chunk, first, rows[i]), blocks, first));
      }
    }
  }

  private static int[] join(
      List<StepPlan.Chunk> chunks, int head, int first, int[][] rows, int[] nextInGroup) {
    if (nextInGroup[head] == NONE) {
      return rowsFrom(chunks.get(head), first, rows[head]);
    }
    int total = 0;
    for (int i = head; i != NONE; i = nextInGroup[i]) {
      total += rows[i].length - skipped(chunks.get(i), first);
    }
    int[] joined = new int[total];
    int at = 0;
    for (int i = head; i != NONE; i = nextInGroup[i]) {
      int skip = skipped(chunks.get(i), first);
      System.arraycopy(rows[i], skip, joined, at, rows[i].length - skip);
      at += rows[i].length - skip;
    }
    return joined;
  }

  /** Rows at or after a position; a decoding sequence has one array for all its splits. */
  private static int[] rowsFrom(StepPlan.Chunk chunk, int first, int[] rows) {
    int skip = skipped(chunk, first);
    return skip == 0 ? rows : Arrays.copyOfRange(rows, skip, rows.length);
  }

  private static int skipped(StepPlan.Chunk chunk, int first) {
    return Math.max(0, first - chunk.from());
  }

  /** Whether all slots of a split are computed once the step is done. */
  private boolean fills(StepPlan.Chunk chunk, int split) {
    return end(chunk) >= (split + 1) * layout.splitSize();
  }

  private int lastBlock(StepPlan.Chunk chunk, int split) {
    return chunk.sequence().blocks()[(split + 1) * layout.blocksPerSplit() - 1];
  }

  private static int end(StepPlan.Chunk chunk) {
    return chunk.from() + chunk.count();
  }
}
