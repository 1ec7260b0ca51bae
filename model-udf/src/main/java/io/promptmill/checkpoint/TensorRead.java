package io.promptmill.checkpoint;

import java.nio.ByteBuffer;

/**
 * One ranged read of stored bytes into memory that the caller owns.
 *
 * @param tensor name of the tensor
 * @param offset first byte to read, counted from the tensor's own start
 * @param target filled from its position to its limit; direct for native memory, little-endian
 *     bytes as stored
 */
public record TensorRead(String tensor, long offset, ByteBuffer target) {}
