package io.promptmill.model.layer;

/**
 * Sizes of a multi-head latent attention.
 *
 * @param hidden width of the model
 * @param heads number of heads
 * @param nope query and key values of a head without position
 * @param rotary query and key values of a head that are rotated; the key's are shared by all heads
 * @param value values of a head
 * @param latent width of the compressed keys and values
 * @param queryLatent width of the compressed queries, 0 for none
 */
public record MlaDimensions(
    int hidden, int heads, int nope, int rotary, int value, int latent, int queryLatent) {

  /** Values of a token and layer in the cache. */
  public int cacheWidth() {
    return latent + rotary;
  }
}
