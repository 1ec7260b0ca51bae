package io.promptmill.engine;

import java.util.function.IntConsumer;

/**
 * Reference counts of the cache's blocks. A block is free, held (count above zero) or idle: held by
 * nobody, but its content is kept for a later request until the room is needed, least recently used
 * first. Every operation takes constant time. One thread.
 */
final class BlockPool {
  private final int[] references;
  private final boolean[] kept;
  private final int[] free;
  private int freeCount;

  // Ring of the idle blocks from the least to the most recently used; the last index is its head.
  private final int[] newer;
  private final int[] older;
  private final int head;
  private int idleCount;
  private IntConsumer onEvict = block -> {};

  BlockPool(int blockCount) {
    references = new int[blockCount];
    kept = new boolean[blockCount];
    free = new int[blockCount];
    for (int block = blockCount - 1; block >= 0; block--) {
      free[freeCount++] = block;
    }
    newer = new int[blockCount + 1];
    older = new int[blockCount + 1];
    head = blockCount;
    newer[head] = head;
    older[head] = head;
  }

  /** Sets who is told of an idle block that is about to be handed out again. */
  void onEvict(IntConsumer listener) {
    onEvict = listener;
  }

  int size() {
    return references.length;
  }

  /** Blocks that {@link #allocate} can still hand out. */
  int available() {
    return freeCount + idleCount;
  }

  /** Blocks that hold something, idle ones included. */
  int used() {
    return references.length - freeCount;
  }

  int idle() {
    return idleCount;
  }

  int references(int block) {
    return references[block];
  }

  /**
   * Hands out a block with one reference, the least recently used idle one if none is free.
   *
   * @throws IllegalStateException if none is available
   */
  int allocate() {
    if (freeCount == 0) {
      if (idleCount == 0) {
        throw new IllegalStateException("all " + references.length + " blocks are held");
      }
      int victim = newer[head];
      onEvict.accept(victim);
      forget(victim);
    }
    int block = free[--freeCount];
    references[block] = 1;
    return block;
  }

  /** Adds a reference to a held or idle block. */
  void retain(int block) {
    if (references[block] == 0) {
      if (!kept[block]) {
        throw new IllegalStateException("block " + block + " is free");
      }
      unlink(block);
    }
    references[block]++;
  }

  /** Takes a reference back; the last one makes the block idle if its content is kept. */
  void release(int block) {
    if (references[block] == 0) {
      throw new IllegalStateException("block " + block + " is not held");
    }
    if (--references[block] == 0) {
      if (kept[block]) {
        link(block);
      } else {
        free[freeCount++] = block;
      }
    }
  }

  /** Marks a held block as one whose content outlives its last reference. */
  void keep(int block) {
    if (references[block] == 0) {
      throw new IllegalStateException("block " + block + " is not held");
    }
    kept[block] = true;
  }

  /** Takes {@link #keep} back; an idle block becomes free. */
  void forget(int block) {
    if (kept[block]) {
      kept[block] = false;
      if (references[block] == 0) {
        unlink(block);
        free[freeCount++] = block;
      }
    }
  }

  private void link(int block) {
    int newest = older[head];
    newer[newest] = block;
    older[block] = newest;
    newer[block] = head;
    older[head] = block;
    idleCount++;
  }

  private void unlink(int block) {
    newer[older[block]] = newer[block];
    older[newer[block]] = older[block];
    idleCount--;
  }
}
