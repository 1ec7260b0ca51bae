package io.promptmill.model;

/**
 * One forward pass over a flat batch of tokens from many sequences.
 *
 * <p>A row comes after all rows of the step whose latents it sees, so that a step can be run as
 * several, one after the other.
 *
 * @param tokenIds {@code [T]} tokens
 * @param positions {@code [T]} position of each token in its sequence, from 0
 * @param slots {@code [T]} cache slot that receives each token's latent: block id times block size
 *     plus offset; no slot occurs twice
 * @param copyFrom blocks to copy before any token is written (copy on write when sequences part
 *     inside a block)
 * @param copyTo where they go, same length
 * @param attention which rows see which ranges; latents written by this step are visible to it
 * @param head what is wanted of the logits
 */
public record StepInput(
    int[] tokenIds,
    int[] positions,
    int[] slots,
    int[] copyFrom,
    int[] copyTo,
    AttentionPlan attention,
    HeadRequest head) {}
