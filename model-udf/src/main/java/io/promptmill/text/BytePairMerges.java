package io.promptmill.text;

import java.util.Arrays;

/**
 * Byte-pair merges by rank, the lowest first and the leftmost of equals. Short words are scanned
 * for the best pair again and again; long ones go through a heap, so that a word of n symbols costs
 * O(n log n).
 */
final class BytePairMerges {

  private static final int NONE = Integer.MAX_VALUE;
  private static final int LONGEST_SCANNED = 48;

  // Open addressing; a key is left id << 32 | right id, -1 where the slot is free.
  private final long[] keys;
  private final int[] ranks;
  private final int[] mergedIds;

  /** The pair {@code left[r], right[r]} becomes {@code merged[r]}, where r is its rank. */
  BytePairMerges(int[] left, int[] right, int[] merged) {
    int capacity = Integer.highestOneBit(Math.max(4, left.length * 2)) * 2;
    keys = new long[capacity];
    ranks = new int[capacity];
    mergedIds = merged.clone();
    Arrays.fill(keys, -1);
    for (int rank = 0; rank < left.length; rank++) {
      long key = key(left[rank], right[rank]);
      int slot = slot(key);
      keys[slot] = key;
      ranks[slot] = rank;
    }
  }

  /** Merges the first {@code count} ids in place; returns how many are left. */
  int apply(int[] ids, int count) {
    return count <= LONGEST_SCANNED ? scan(ids, count) : new MergeQueue(this, ids, count).run();
  }

  /** Rank of the pair, or {@link Integer#MAX_VALUE} if it does not merge. */
  int rank(int left, int right) {
    int slot = slot(key(left, right));
    return keys[slot] < 0 ? NONE : ranks[slot];
  }

  int merged(int rank) {
    return mergedIds[rank];
  }

  private int scan(int[] ids, int count) {
    int size = count;
    int[] pairRanks = new int[LONGEST_SCANNED];
    for (int i = 0; i + 1 < size; i++) {
      pairRanks[i] = rank(ids[i], ids[i + 1]);
    }
    while (size > 1) {
      int best = 0;
      for (int i = 1; i + 1 < size; i++) {
        if (pairRanks[i] < pairRanks[best]) {
          best = i;
        }
      }
      if (pairRanks[best] == NONE) {
        break;
      }
      ids[best] = mergedIds[pairRanks[best]];
      size--;
      System.arraycopy(ids, best + 2, ids, best + 1, size - best - 1);
      System.arraycopy(pairRanks, best + 1, pairRanks, best, size - best - 1);
      if (best + 1 < size) {
        pairRanks[best] = rank(ids[best], ids[best + 1]);
      }
      if (best > 0) {
        pairRanks[best - 1] = rank(ids[best - 1], ids[best]);
      }
    }
    return size;
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int mask = keys.length - 1;
    int slot = (int) (hash >>> 40) & mask;
    while (keys[slot] >= 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
