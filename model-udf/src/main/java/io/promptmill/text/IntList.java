package io.promptmill.text;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {

  private int[] values = new int[64];
  private int size;

  void add(int value) {
    reserve(1);
    values[size++] = value;
  }

  /** Adds the first {@code count} of {@code more}. */
  void addAll(int[] more, int count) {
    reserve(count);
    System.arraycopy(more, 0, values, size, count);
    size += count;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  private void reserve(int count) {
    if (size + count > values.length) {
      values = Arrays.copyOf(values, Math.max(values.length * 2, size + count));
    }
  }
}
