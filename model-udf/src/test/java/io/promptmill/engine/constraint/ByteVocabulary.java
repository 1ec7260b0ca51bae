package io.promptmill.engine.constraint;

import io.promptmill.text.Tokenizer;
import io.promptmill.text.TokenizerJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Vocabularies for tests. Ids 0 to 255 are the bytes, then come longer tokens, the last one is
 * special.
 */
public record ByteVocabulary(List<byte[]> longer) implements TokenBytes {

  public static ByteVocabulary of(String... texts) {
    List<byte[]> longer = new ArrayList<>();
    for (String text : texts) {
      longer.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteVocabulary(longer);
  }

  /** Pieces of a text that begin and end anywhere, also inside characters. */
  public static ByteVocabulary pieces(String text, int count, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> longer = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(bytes.length - 1);
      int length = 2 + random.nextInt(6);
      longer.add(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
    }
    return new ByteVocabulary(longer);
  }

  /** The embedded checkpoint's own. */
  public static TokenBytes ofTinyCheckpoint() {
    String folder = "/promptmill/models/tiny-random/";
    return of(TokenizerJson.parse(read(folder + "tokenizer.json"), Optional.empty(), "tiny"));
  }

  public static TokenBytes of(Tokenizer tokenizer) {
    return new TokenBytes() {
      @Override
      public int size() {
        return tokenizer.vocabSize();
      }

      @Override
      public byte[] bytes(int tokenId) {
        return tokenizer.isSpecial(tokenId) ? null : tokenizer.bytes(tokenId);
      }
    };
  }

  @Override
  public int size() {
    return 257 + longer.size();
  }

  /** The special token. */
  public int end() {
    return size() - 1;
  }

  @Override
  public byte[] bytes(int tokenId) {
    if (tokenId == end()) {
      return null;
    }
    return tokenId < 256 ? new byte[] {(byte) tokenId} : longer.get(tokenId - 256);
  }

  private static String read(String name) {
    try (InputStream in = ByteVocabulary.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
