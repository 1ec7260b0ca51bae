package io.promptmill.text;

/**
 * UTF-8 to text, byte by byte. A malformed sequence becomes one U+FFFD per maximal subpart (Unicode
 * standard, section 3.9, as Rust and Python decode), so pieces join to what the whole would give.
 */
final class Utf8Decoder {

  private static final char REPLACEMENT = '\uFFFD';

  private int codePoint;
  private int needed;
  // Range of the next continuation byte, narrower after E0, ED, F0 and F4.
  private int lower = 0x80;
  private int upper = 0xbf;

  /** Appends what became complete. */
  void accept(byte[] bytes, StringBuilder text) {
    for (byte b : bytes) {
      accept(b & 0xff, text);
    }
  }

  /** Appends U+FFFD if a character was left incomplete; the decoder can be used anew. */
  void finish(StringBuilder text) {
    if (needed > 0) {
      needed = 0;
      text.append(REPLACEMENT);
    }
  }

  private void accept(int unsignedByte, StringBuilder text) {
    if (needed > 0) {
      if (unsignedByte >= lower && unsignedByte <= upper) {
        codePoint = codePoint << 6 | (unsignedByte & 0x3f);
        lower = 0x80;
        upper = 0xbf;
        if (--needed == 0) {
          text.appendCodePoint(codePoint);
        }
        return;
      }
      finish(text); // the byte that broke the sequence may begin another
    }
    lower = 0x80;
    upper = 0xbf;
    if (unsignedByte < 0x80) {
      text.append((char) unsignedByte);
    } else if (unsignedByte >= 0xc2 && unsignedByte <= 0xdf) {
      codePoint = unsignedByte & 0x1f;
      needed = 1;
    } else if (unsignedByte >= 0xe0 && unsignedByte <= 0xef) {
      codePoint = unsignedByte & 0x0f;
      needed = 2;
      lower = unsignedByte == 0xe0 ? 0xa0 : 0x80;
      upper = unsignedByte == 0xed ? 0x9f : 0xbf;
    } else if (unsignedByte >= 0xf0 && unsignedByte <= 0xf4) {
      codePoint = unsignedByte & 0x07;
      needed = 3;
      lower = unsignedByte == 0xf0 ? 0x90 : 0x80;
      upper = unsignedByte == 0xf4 ? 0x8f : 0xbf;
    } else {
      text.append(REPLACEMENT);
    }
  }
}
