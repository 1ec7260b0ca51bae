package io.promptmill.model;

/**
 * Shape of the paged cache of latents.
 *
 * @param blockSize tokens in a block, the unit of allocation and sharing
 * @param blocksPerSplit blocks in a split: attention works on ranges of {@code blockSize *
 *     blocksPerSplit} positions that start at multiples of that size, whatever the batch, so that a
 *     row's result never depends on its company
 * @param blockCount blocks that the cache holds; block ids run from 0 to {@code blockCount - 1}
 * @param bytesPerToken bytes of one token in all layers
 */
public record KvLayout(int blockSize, int blocksPerSplit, int blockCount, long bytesPerToken) {

  /** Positions in a split. */
  public int splitSize() {
    return blockSize * blocksPerSplit;
  }
}
