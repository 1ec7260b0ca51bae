package io.promptmill.udf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Identity of a row in the sampling stream: what it says, never where it stands. */
final class RowKey {

  private RowKey() {}

  /** First eight bytes, big-endian, of the SHA-256 of the ids as little-endian int32. */
  static long of(int[] promptTokens) {
    ByteBuffer bytes =
        ByteBuffer.allocate(promptTokens.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(promptTokens);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
