package io.promptmill.text;

import java.util.Arrays;

/** Merges of one long word: a linked list of symbols and a heap of the pairs that can merge. */
final class MergeQueue {

  private final BytePairMerges merges;
  private final int[] ids;
  private final int count;
  private final int[] next;
  private final int[] previous;
  // Binary heap of rank << 32 | position of the left symbol.
  private long[] heap;
  private int heapSize;

  MergeQueue(BytePairMerges merges, int[] ids, int count) {
    this.merges = merges;
    this.ids = ids;
    this.count = count;
    next = new int[count];
    previous = new int[count];
    heap = new long[count];
  }

  /** Merges {@code ids} in place; returns how many are left. */
  int run() {
    for (int i = 0; i < count; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      push(i);
    }
    while (heapSize > 0) {
      long top = pop();
      int left = (int) top;
      int rank = (int) (top >>> 32);
      if (pairRank(left) != rank) {
        continue; // one of the two has merged since
      }
      int right = next[left];
      ids[left] = merges.merged(rank);
      ids[right] = -1;
      next[left] = next[right];
      if (next[left] < count) {
        previous[next[left]] = left;
      }
      push(left);
      if (previous[left] >= 0) {
        push(previous[left]);
      }
    }
    int size = 0;
    for (int i = 0; i < count; i = next[i]) {
      ids[size++] = ids[i];
    }
    return size;
  }

  private int pairRank(int left) {
    boolean pair = ids[left] >= 0 && next[left] < count;
    return pair ? merges.rank(ids[left], ids[next[left]]) : Integer.MAX_VALUE;
  }

  private void push(int left) {
    int rank = pairRank(left);
    if (rank == Integer.MAX_VALUE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heapSize * 2);
    }
    long entry = (long) rank << 32 | left;
    int at = heapSize++;
    while (at > 0 && heap[(at - 1) / 2] > entry) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = entry;
  }

  private long pop() {
    long top = heap[0];
    long last = heap[--heapSize];
    int at = 0;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
