package io.promptmill.engine;

import io.promptmill.model.KvLayout;

/**
 * Gives blocks to sequences, shares them between equal prefixes and takes them back. A block is
 * only ever shared together with all blocks before it. One thread.
 */
final class PagedCache {
  private final KvLayout layout;
  private final BlockPool pool;
  private final PrefixTree tree;
  private final boolean prefixCache;
  private final int[] path;

  PagedCache(KvLayout layout, boolean prefixCache) {
    this.layout = layout;
    this.prefixCache = prefixCache;
    pool = new BlockPool(layout.blockCount());
    tree = new PrefixTree(pool, layout.blockSize());
    path = new int[layout.blockCount()];
  }

  BlockPool pool() {
    return pool;
  }

  /**
   * Gives a sequence without blocks those that already hold the beginning of its tokens, also those
   * that the planned step is yet to write. The position of its next output stays to be computed.
   */
  void attach(Sequence sequence) {
    if (!prefixCache) {
      return;
    }
    int limit = sequence.nextOutput() / layout.blockSize();
    int matched = tree.match(sequence.tokens(), Math.min(limit, path.length), path);
    for (int i = 0; i < matched; i++) {
      pool.retain(path[i]);
    }
    sequence.adopt(path, matched, matched * layout.blockSize());
  }

  /** Gives a child, equal to its parent in all that the parent has computed, the blocks of that. */
  void fork(Sequence parent, Sequence child) {
    for (int i = 0; i < parent.blockCount(); i++) {
      pool.retain(parent.blocks()[i]);
    }
    child.adopt(parent.blocks(), parent.blockCount(), parent.computed());
  }

  /** Blocks that {@link #extend} would allocate. */
  int missingBlocks(Sequence sequence, int count) {
    int missing = blocksFor(sequence.computed() + count) - sequence.blockCount();
    return sharesTail(sequence) ? missing + 1 : missing;
  }

  /** Tokens by which the available blocks can extend a sequence. */
  int extensible(Sequence sequence) {
    int blocks = sequence.blockCount() + pool.available();
    if (sharesTail(sequence)) {
      if (pool.available() == 0) {
        return 0;
      }
      blocks--;
    }
    return (int)
        Math.min(Integer.MAX_VALUE, (long) blocks * layout.blockSize() - sequence.computed());
  }

  /**
   * Makes room for the next tokens of a sequence and, if its task shares its prefix, publishes the
   * blocks that they fill. The room must be there.
   */
  void extend(Sequence sequence, int count, StepPlan plan) {
    if (sharesTail(sequence)) {
      int tail = sequence.blockCount() - 1;
      int shared = sequence.blocks()[tail];
      int own = pool.allocate();
      plan.copy(shared, own);
      sequence.blocks()[tail] = own;
    }
    int end = sequence.computed() + count;
    int needed = blocksFor(end);
    while (sequence.blockCount() < needed) {
      sequence.addBlock(pool.allocate());
    }
    if (prefixCache && sequence.task().sharesPrefix()) {
      int full = end / layout.blockSize();
      for (int i = sequence.computed() / layout.blockSize(); i < full; i++) {
        if (tree.insert(sequence.tokens(), sequence.blocks(), i)) {
          plan.publish(sequence.blocks()[i]);
        }
      }
    }
  }

  /**
   * Gives up the sources of a complete plan's copies. Until then they are held, so that no copy of
   * the step can go where another one comes from.
   */
  void releaseCopied(StepPlan plan) {
    for (int i = 0; i < plan.copyFrom().size(); i++) {
      pool.release(plan.copyFrom().get(i));
    }
  }

  /** Takes all blocks of a sequence back, the deepest first. */
  void release(Sequence sequence) {
    for (int i = sequence.blockCount() - 1; i >= 0; i--) {
      pool.release(sequence.blocks()[i]);
    }
    sequence.reset();
  }

  /** Takes the blocks that a failed step was to write out of the tree. */
  void unpublish(StepPlan plan) {
    for (int i = plan.published().size() - 1; i >= 0; i--) {
      tree.remove(plan.published().get(i));
    }
  }

  // A block that is filled in part is shared after a fork only, never through the tree.
  private boolean sharesTail(Sequence sequence) {
    return sequence.computed() % layout.blockSize() != 0
        && pool.references(sequence.blocks()[sequence.blockCount() - 1]) > 1;
  }

  private int blocksFor(int tokenCount) {
    return (tokenCount + layout.blockSize() - 1) / layout.blockSize();
  }
}
