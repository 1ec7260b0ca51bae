package io.promptmill.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One file of a checkpoint as it was found at opening.
 *
 * @param name relative to the checkpoint; used in errors
 * @param size in bytes
 * @param opener opens it for reading, from any thread
 */
record CheckpointFile(String name, long size, Opener opener) {

  /** Opens the file for one thread's reads. */
  @FunctionalInterface
  interface Opener {
    RangeReader open() throws IOException;
  }

  /** The bytes {@code [position, position + length)} of the file. */
  byte[] bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (RangeReader reader = opener.open()) {
      reader.readFully(position, ByteBuffer.wrap(bytes));
    }
    return bytes;
  }
}
