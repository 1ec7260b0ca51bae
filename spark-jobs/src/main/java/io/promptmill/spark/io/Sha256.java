package io.promptmill.spark.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that name what files and rows hold. */
public final class Sha256 {
  private Sha256() {}

  /** Of the text's UTF-8, in lower-case hexadecimal. */
  public static String of(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /** Of the text's UTF-8: 32 bytes. */
  public static byte[] bytes(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] bytes(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
