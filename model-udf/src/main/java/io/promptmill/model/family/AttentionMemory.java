package io.promptmill.model.family;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.layer.MlaDimensions;
import io.promptmill.model.runtime.Precision;
import io.promptmill.model.runtime.TileShape;

/**
 * Estimates what the absorbed attention of a layer takes while it runs: it grows with the number of
 * rows and with the length of their contexts, and nothing else in a step does.
 */
final class AttentionMemory {
  /** Tensors of scores, and of queries and values, that live at the same time. */
  private static final long LIVE = 3;

  /** A tile's latents, and the part of them that values are made of. */
  private static final long LATENT_COPIES = 2;

  private final long rowBytes;
  private final long tileBytes;
  private final int largestTile;
  private final int smallestTile;

  AttentionMemory(MlaDimensions d, Precision precision) {
    long latents = (long) d.cacheWidth() * precision.bytes();
    rowBytes = LIVE * d.heads() * (TileShape.SPLIT * (long) Float.BYTES + latents);
    tileBytes = LATENT_COPIES * TileShape.SPLIT * latents;
    var queries =
        TileShape.all(precision).stream().mapToInt(TileShape::queries).summaryStatistics();
    largestTile = queries.getMax();
    smallestTile = queries.getMin();
  }

  /** Bytes for the rows {@code [from, to)} of a step. */
  long bytes(AttentionPlan plan, int from, int to) {
    long bytes = 0;
    for (AttentionGroup group : plan.groups()) {
      int[] rows = group.queryRows();
      bytes += bytes(StepPart.firstAtLeast(rows, to) - StepPart.firstAtLeast(rows, from));
    }
    return bytes;
  }

  /** Bytes for rows that attend to one split. */
  private long bytes(int rows) {
    int padded = (rows + smallestTile - 1) / smallestTile * smallestTile;
    // Fewer rows than half of the largest tile are cut into tiles of several sizes, seven at most.
    int tiles = padded / largestTile + Math.min(padded % largestTile, 7);
    return padded * rowBytes + tiles * tileBytes;
  }
}
