package io.promptmill.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Byte-level byte-pair encoding, made from a tokenizer file by {@link TokenizerJson}. */
public final class ByteLevelBpe implements Tokenizer {

  /**
   * Contents of a tokenizer file, checked.
   *
   * @param ids id of each token by its content as written in the file
   * @param merges ranked pairs over these ids
   * @param ignoreMerges whether a word that is a token stays whole whatever the merges say
   * @param bosTokenId -1 for none
   * @param eosTokenId -1 for none
   */
  record Parts(
      Map<String, Integer> ids,
      BytePairMerges merges,
      boolean ignoreMerges,
      List<AddedToken> addedTokens,
      List<PreTokenizer> preTokenizers,
      int bosTokenId,
      int eosTokenId,
      boolean addBosToken) {}

  private final Parts parts;
  private final AddedTokens addedTokens;
  private final BitSet special = new BitSet();
  // Bytes of each id, none for an id that the file leaves out.
  private final byte[][] bytes;
  private final int[] idOfByte = new int[256];
  private final WordCache cache = new WordCache();

  ByteLevelBpe(Parts parts) {
    this.parts = parts;
    addedTokens = new AddedTokens(parts.addedTokens);
    for (AddedToken token : parts.addedTokens) {
      special.set(token.id(), token.special());
    }
    int vocabSize = parts.ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    bytes = new byte[vocabSize][0];
    parts.ids.forEach((content, id) -> bytes[id] = ByteAlphabet.bytesOf(content));
    for (int b = 0; b < 256; b++) {
      idOfByte[b] = parts.ids.getOrDefault(String.valueOf(ByteAlphabet.charOf(b)), -1);
    }
  }

  @Override
  public int[] encode(String text) {
    return encode(text, (tokenId, start) -> !special.get(tokenId));
  }

  @Override
  public int[] encodeWithSpecialTokens(String text) {
    return encode(text, AddedTokenRule.ALL);
  }

  @Override
  public int[] encode(String text, AddedTokenRule rule) {
    UnicodeText.requireWellFormed(text, "text");
    Encoding encoding = new Encoding(text);
    addedTokens.split(text, rule, encoding);
    return encoding.ids.toArray();
  }

  @Override
  public String decode(int[] tokenIds, boolean skipSpecialTokens) {
    StreamDecoder decoder = new StreamDecoder(this, skipSpecialTokens);
    StringBuilder text = new StringBuilder();
    for (int tokenId : tokenIds) {
      text.append(decoder.accept(tokenId));
    }
    return text.append(decoder.finish()).toString();
  }

  @Override
  public byte[] bytes(int tokenId) {
    if (tokenId < 0 || tokenId >= bytes.length) {
      throw new IllegalArgumentException(
          "token id must be in the vocabulary of " + bytes.length + " ids, found " + tokenId);
    }
    return bytes[tokenId].clone();
  }

  @Override
  public boolean isSpecial(int tokenId) {
    return tokenId >= 0 && special.get(tokenId);
  }

  @Override
  public int vocabSize() {
    return bytes.length;
  }

  @Override
  public int idOf(String content) {
    return parts.ids.getOrDefault(content, -1);
  }

  @Override
  public int bosTokenId() {
    return parts.bosTokenId;
  }

  @Override
  public int eosTokenId() {
    return parts.eosTokenId;
  }

  @Override
  public boolean addBosToken() {
    return parts.addBosToken;
  }

  BytePairMerges merges() {
    return parts.merges;
  }

  /** One text on its way to ids; holds the buffers that its words share. */
  private final class Encoding implements AddedTokens.Sink {

    private final String text;
    private final IntList ids = new IntList();
    private Spans words = new Spans();
    private Spans cut = new Spans();
    private int[] symbols = new int[256];

    Encoding(String text) {
      this.text = text;
    }

    @Override
    public void token(int tokenId) {
      ids.add(tokenId);
    }

    @Override
    public void text(int start, int end) {
      words.clear();
      words.add(start, end);
      for (PreTokenizer step : parts.preTokenizers) {
        cut.clear();
        for (int i = 0; i < words.size(); i++) {
          step.split(text, words.start(i), words.end(i), cut);
        }
        Spans before = words;
        words = cut;
        cut = before;
      }
      for (int i = 0; i < words.size(); i++) {
        word(words.start(i), words.end(i));
      }
    }

    private void word(int start, int end) {
      boolean keep = end - start <= WordCache.LONGEST_WORD;
      int[] known = keep ? cache.get(text, start, end) : null;
      if (known != null) {
        ids.addAll(known, known.length);
        return;
      }
      int count = merge(start, end);
      ids.addAll(symbols, count);
      if (keep) {
        cache.put(text, start, end, Arrays.copyOf(symbols, count));
      }
    }

    private int merge(int start, int end) {
      byte[] utf8 = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
      if (symbols.length < utf8.length) {
        symbols = new int[utf8.length];
      }
      if (parts.ignoreMerges) {
        StringBuilder content = new StringBuilder(utf8.length);
        for (byte b : utf8) {
          content.append(ByteAlphabet.charOf(b & 0xff));
        }
        Integer whole = parts.ids.get(content.toString());
        if (whole != null) {
          symbols[0] = whole;
          return 1;
        }
      }
      for (int i = 0; i < utf8.length; i++) {
        symbols[i] = idOfByte[utf8[i] & 0xff];
      }
      return parts.merges.apply(symbols, utf8.length);
    }
  }
}
