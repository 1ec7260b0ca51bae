package io.promptmill.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable character that stands for each byte in a byte-level vocabulary (GPT-2's {@code
 * bytes_to_unicode}): itself for the printable bytes of Latin-1, else U+0100 and up in order.
 */
final class ByteAlphabet {

  private static final char[] CHAR_OF_BYTE = new char[256];
  private static final short[] BYTE_OF_CHAR = new short[0x144];

  static {
    char next = 0x100;
    Arrays.fill(BYTE_OF_CHAR, (short) -1);
    for (int b = 0; b < 256; b++) {
      boolean printable =
          (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
      CHAR_OF_BYTE[b] = printable ? (char) b : next++;
      BYTE_OF_CHAR[CHAR_OF_BYTE[b]] = (short) b;
    }
  }

  private ByteAlphabet() {}

  static char charOf(int unsignedByte) {
    return CHAR_OF_BYTE[unsignedByte];
  }

  /**
   * Bytes that a token's content stands for. Content with a character outside the alphabet, as
   * special tokens have, stands for its own UTF-8 (as in the ByteLevel decoder of tokenizers).
   */
  static byte[] bytesOf(String content) {
    byte[] bytes = new byte[content.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = content.charAt(i);
      if (c >= BYTE_OF_CHAR.length || BYTE_OF_CHAR[c] < 0) {
        return content.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) BYTE_OF_CHAR[c];
    }
    return bytes;
  }
}
