package io.promptmill.model.runtime;

import java.util.Arrays;

/** Tiles of one shape while a plan is being cut. */
final class TileList {
  /** Takes a row of the step, the index of its output and the position of its tile's first slot. */
  @FunctionalInterface
  interface RowOutput {
    void accept(int row, int output, int firstPosition);
  }

  final TileShape shape;
  private int count;
  private int[] rows = new int[0];
  private int[] used = new int[0];
  private int[] blocks = new int[0];
  private int[] first = new int[0];

  TileList(TileShape shape) {
    this.shape = shape;
  }

  /** Adds one tile of {@code source[from, to)}; padding repeats its first row and block. */
  void add(int[] source, int from, int to, int[] groupBlocks, int firstPosition) {
    if (count == first.length) {
      int capacity = Math.max(8, 2 * count);
      rows = Arrays.copyOf(rows, capacity * shape.queries());
      blocks = Arrays.copyOf(blocks, capacity * shape.blocks());
      used = Arrays.copyOf(used, capacity);
      first = Arrays.copyOf(first, capacity);
    }
    int rowAt = count * shape.queries();
    System.arraycopy(source, from, rows, rowAt, to - from);
    Arrays.fill(rows, rowAt + to - from, rowAt + shape.queries(), source[from]);
    int blockAt = count * shape.blocks();
    int held = Math.min(shape.blocks(), groupBlocks.length);
    System.arraycopy(groupBlocks, 0, blocks, blockAt, held);
    Arrays.fill(blocks, blockAt + held, blockAt + shape.blocks(), groupBlocks[0]);
    used[count] = to - from;
    first[count] = firstPosition;
    count++;
  }

  /** Outputs of all tiles, padding included. */
  int outputs() {
    return count * shape.queries();
  }

  /**
   * @param offset index of this list's first output
   */
  void forEachRow(int offset, RowOutput consumer) {
    for (int tile = 0; tile < count; tile++) {
      for (int query = 0; query < used[tile]; query++) {
        int at = tile * shape.queries() + query;
        consumer.accept(rows[at], offset + at, first[tile]);
      }
    }
  }

  AttentionTiling.Tiles tiles() {
    return new AttentionTiling.Tiles(
        count,
        Arrays.copyOf(rows, outputs()),
        Arrays.copyOf(blocks, count * shape.blocks()),
        Arrays.copyOf(first, count));
  }
}
