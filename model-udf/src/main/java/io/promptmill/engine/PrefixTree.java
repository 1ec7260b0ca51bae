package io.promptmill.engine;

import java.util.Arrays;

/**
 * Radix tree of token sequences whose digits are full blocks: a path from the root spells a prefix
 * whose latents lie in the path's blocks. A node is its block, so all tables are indexed by block
 * id.
 *
 * <p>A holder of a block holds the path above it, and releases deepest first; so the pool's least
 * recently used idle block is always a leaf, and eviction never cuts a path. One thread.
 */
final class PrefixTree {
  private static final int NONE = -1;

  private final BlockPool pool;
  private final int blockSize;
  private final int root;

  private final boolean[] present;
  private final int[] tokens;
  private final int[] parent;
  private final int[] childCount;

  // Chained hash table from (parent, tokens) to the child.
  private final int[] bucket;
  private final int[] chain;

  PrefixTree(BlockPool pool, int blockSize) {
    this.pool = pool;
    this.blockSize = blockSize;
    int blocks = pool.size();
    root = blocks;
    present = new boolean[blocks + 1];
    present[root] = true;
    tokens = new int[blocks * blockSize];
    parent = new int[blocks];
    childCount = new int[blocks + 1];
    bucket = new int[Integer.highestOneBit(Math.max(1, blocks)) * 2];
    Arrays.fill(bucket, NONE);
    chain = new int[blocks];
    pool.onEvict(this::unlink);
  }

  boolean contains(int block) {
    return present[block];
  }

  /**
   * Finds the longest path that spells the beginning of a sequence.
   *
   * @param sequence token ids
   * @param maxBlocks length of the path at most
   * @param path receives the blocks
   * @return length of the path in blocks
   */
  int match(int[] sequence, int maxBlocks, int[] path) {
    int node = root;
    for (int i = 0; i < maxBlocks; i++) {
      int child = find(node, sequence, i * blockSize);
      if (child == NONE) {
        return i;
      }
      path[i] = child;
      node = child;
    }
    return maxBlocks;
  }

  /**
   * Adds a held block below its predecessor.
   *
   * @param path blocks of the sequence
   * @param index which of them to add
   * @return false if the predecessor is not in the tree or another block already stands for these
   *     tokens; the block then stays the sequence's own
   * @throws IllegalStateException if the block already stands for other tokens
   */
  boolean insert(int[] sequence, int[] path, int index) {
    int above = index == 0 ? root : path[index - 1];
    int from = index * blockSize;
    if (!present[above] || find(above, sequence, from) != NONE) {
      return false;
    }
    int block = path[index];
    if (present[block]) {
      throw new IllegalStateException("block " + block + " is in the tree for another prefix");
    }
    System.arraycopy(sequence, from, tokens, block * blockSize, blockSize);
    int slot = slot(above, sequence, from);
    chain[block] = bucket[slot];
    bucket[slot] = block;
    parent[block] = above;
    childCount[above]++;
    present[block] = true;
    pool.keep(block);
    return true;
  }

  /** Removes a leaf whose content is no longer valid. */
  void remove(int block) {
    unlink(block);
    pool.forget(block);
  }

  private void unlink(int block) {
    if (!present[block] || childCount[block] != 0) {
      throw new IllegalStateException(
          "block " + block + " is no leaf: it has " + childCount[block] + " children");
    }
    int slot = slot(parent[block], tokens, block * blockSize);
    if (bucket[slot] == block) {
      bucket[slot] = chain[block];
    } else {
      int before = bucket[slot];
      while (chain[before] != block) {
        before = chain[before];
      }
      chain[before] = chain[block];
    }
    childCount[parent[block]]--;
    present[block] = false;
  }

  private int find(int above, int[] sequence, int from) {
    int child = bucket[slot(above, sequence, from)];
    while (child != NONE
        && !(parent[child] == above
            && Arrays.equals(
                tokens,
                child * blockSize,
                (child + 1) * blockSize,
                sequence,
                from,
                from + blockSize))) {
      child = chain[child];
    }
    return child;
  }

  private int slot(int above, int[] ids, int from) {
    int hash = above;
    for (int i = from; i < from + blockSize; i++) {
      hash = hash * 31 + ids[i];
    }
    hash *= 0x9E3779B9;
    return (hash ^ hash >>> 15) & (bucket.length - 1);
  }
}
