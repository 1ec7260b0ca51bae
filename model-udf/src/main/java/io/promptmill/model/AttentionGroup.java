package io.promptmill.model;

/**
 * Query rows that attend to the same range of cached latents.
 *
 * <p>A query row sees those slots of the range whose position is at most its own. All rows of
 * sequences that share a full split of blocks belong to one group, whatever sequence they come
 * from.
 *
 * @param queryRows indices into the step's flat batch, ascending
 * @param blocks physical blocks of the range in order of position, at most {@link
 *     KvLayout#blocksPerSplit()}
 * @param firstPosition position of the range's first slot, a multiple of {@link
 *     KvLayout#splitSize()}
 */
public record AttentionGroup(int[] queryRows, int[] blocks, int firstPosition) {}
