package io.promptmill.udf;

import io.promptmill.text.AddedTokenRule;
import io.promptmill.text.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ids 0 to 255 are bytes, then come words that the longest match finds, then special tokens; {@code
 * <bos>} and {@code <eos>} are what they say.
 */
record TinyTokenizer(List<String> words, List<String> specials, boolean addBosToken)
    implements Tokenizer {

  TinyTokenizer(boolean addBosToken, String... words) {
    this(List.of(words), List.of("<bos>", "<eos>", "<user>"), addBosToken);
  }

  @Override
  public int[] encode(String text) {
    return encode(text, (tokenId, start) -> !isSpecial(tokenId));
  }

  @Override
  public int[] encodeWithSpecialTokens(String text) {
    return encode(text, AddedTokenRule.ALL);
  }

  @Override
  public int[] encode(String text, AddedTokenRule rule) {
    List<Integer> ids = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int id = -1;
      int length = 0;
      for (int i = 256; i < vocabSize(); i++) {
        String content = content(i);
        if ((!isSpecial(i) || rule.takes(i, at))
            && content.length() > length
            && text.startsWith(content, at)) {
          id = i;
          length = content.length();
        }
      }
      if (id >= 0) {
        ids.add(id);
        at += length;
      } else {
        String character = Character.toString(text.codePointAt(at));
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
          ids.add(b & 0xff);
        }
        at += character.length();
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String decode(int[] tokenIds, boolean skipSpecialTokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : tokenIds) {
      if (!(skipSpecialTokens && isSpecial(id))) {
        bytes.writeBytes(bytes(id));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(int tokenId) {
    return tokenId < 256
        ? new byte[] {(byte) tokenId}
        : content(tokenId).getBytes(StandardCharsets.UTF_8);
  }

  private String content(int id) {
    int word = id - 256;
    return word < words.size() ? words.get(word) : specials.get(word - words.size());
  }

  @Override
  public boolean isSpecial(int tokenId) {
    return tokenId >= 256 + words.size();
  }

  @Override
  public int vocabSize() {
    return 256 + words.size() + specials.size();
  }

  @Override
  public int idOf(String content) {
    List<String> all = new ArrayList<>(words);
    all.addAll(specials);
    int at = all.indexOf(content);
    return at < 0 ? -1 : 256 + at;
  }

  @Override
  public int bosTokenId() {
    return idOf("<bos>");
  }

  @Override
  public int eosTokenId() {
    return idOf("<eos>");
  }

  /** The tokens' contents, for readable assertions. */
  List<String> pieces(int[] ids) {
    return Arrays.stream(ids).mapToObj(id -> decode(new int[] {id}, false)).toList();
  }
}
