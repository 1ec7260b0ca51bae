package io.promptmill.text;

import java.util.Arrays;

/** A growing list of non-empty ranges of one text, in order; reused between pieces, not shared. */
final class Spans {

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  /** Adds {@code [start, end)} unless it is empty. */
  void add(int start, int end) {
    if (start >= end) {
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size++] = end;
  }

  int size() {
    return size;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  void clear() {
    size = 0;
  }
}
