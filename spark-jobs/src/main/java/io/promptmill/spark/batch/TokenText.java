package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a token stands for, as OpenAI writes it. */
final class TokenText {
  private TokenText() {}

  /**
   * The token's text; for bytes that are no text of their own, {@code \xe4\xb8}: different tokens
   * stay different.
   */
  static String of(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder escaped = new StringBuilder();
      for (byte b : bytes) {
        escaped.append("\\x%02x".formatted(b));
      }
      return escaped.toString();
    }
  }

  static ArrayNode bytes(byte[] bytes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(bytes.length);
    for (byte b : bytes) {
      array.add(b & 0xFF);
    }
    return array;
  }

  /** Unicode characters that begin in the bytes, which may be part of one. */
  static int characters(byte[] bytes) {
    int count = 0;
    for (byte b : bytes) {
      count += (b & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  /** OpenAI's least, as JSON has no infinity. */
  static float logprob(float value) {
    return Math.max(value, -9999f);
  }
}
