package io.promptmill.model.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of one kind of attention tile: a few query rows against a span of cached slots. Tiles of
 * one shape are computed as one batched matrix product.
 *
 * @param merged whether its rows see several splits, whose results are then merged; decided by a
 *     row's position alone
 * @param queries query rows, padded
 * @param span slots, padded; decided by a row's position alone
 */
public record TileShape(boolean merged, int queries, int span) {
  /** Tokens of a cache block. */
  public static final int BLOCK = 16;

  /** Positions of a split. */
  public static final int SPLIT = 512;

  private static final int[] QUERIES = {64, 8, 1};
  private static final int[] FLOAT32_QUERIES = {64};
  private static final int[] SINGLE_SPANS = {128, 256, 384, 512};
  private static final int[] MERGED_SPANS = {256, 512};

  /**
   * All shapes that products of a precision are cut into: those of rows with a single split first,
   * and shapes that differ in nothing but the query rows together, the largest first. In float32
   * there is one number of query rows, because kernels differ by it in the last bits.
   */
  public static List<TileShape> all(Precision precision) {
    int[] kinds = precision == Precision.FLOAT32 ? FLOAT32_QUERIES : QUERIES;
    List<TileShape> shapes = new ArrayList<>();
    for (boolean merged : new boolean[] {false, true}) {
      for (int span : merged ? MERGED_SPANS : SINGLE_SPANS) {
        for (int queries : kinds) {
          shapes.add(new TileShape(merged, queries, span));
        }
      }
    }
    return List.copyOf(shapes);
  }

  /**
   * Span of a row that sees {@code slots} slots of a split.
   *
   * @param slots 1 to {@link #SPLIT}
   */
  static int span(boolean merged, int slots) {
    for (int span : merged ? MERGED_SPANS : SINGLE_SPANS) {
      if (slots <= span) {
        return span;
      }
    }
    throw new IllegalArgumentException(slots + " slots in a split of " + SPLIT);
  }

  boolean differsInQueriesFrom(TileShape other) {
    return merged == other.merged && span == other.span && queries != other.queries;
  }

  /** Blocks of a span. */
  int blocks() {
    return span / BLOCK;
  }
}
