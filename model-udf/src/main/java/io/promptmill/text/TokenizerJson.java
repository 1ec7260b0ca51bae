package io.promptmill.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code tokenizer.json} of the Hugging Face tokenizers library: byte-level BPE without a
 * normalizer. Whatever would change the ids and is not implemented is refused by name.
 */
public final class TokenizerJson {

  // Far above any published vocabulary; keeps a hostile id from claiming the memory.
  private static final int MAX_ID = 1 << 24;

  private final JsonSection root;
  private final TokenizerConfigJson config;
  private final Map<String, Integer> ids = new HashMap<>();
  private final BitSet usedIds = new BitSet();

  private TokenizerJson(JsonSection root, TokenizerConfigJson config) {
    this.root = root;
    this.config = config;
  }

  /**
   * @param tokenizerConfigJson content of {@code tokenizer_config.json}, which names BOS and EOS
   * @param origin checkpoint that the files come from, for messages
   * @throws io.promptmill.error.PromptmillException with {@code CHECKPOINT_INVALID} if a file is
   *     malformed or contradicts itself, {@code MODEL_UNSUPPORTED} if it asks for a component or
   *     setting that is not implemented
   */
  public static ByteLevelBpe parse(
      String tokenizerJson, Optional<String> tokenizerConfigJson, String origin) {
    JsonSection root = JsonSection.parse(tokenizerJson, origin + "/tokenizer.json");
    return new TokenizerJson(root, TokenizerConfigJson.read(tokenizerConfigJson, origin)).read();
  }

  private ByteLevelBpe read() {
    JsonSection model = root.object("model");
    requireByteLevelBpe(model);
    requireNoNormalizer(root.get("normalizer"));
    requireByteLevelDecoder(root.get("decoder"));
    List<PreTokenizer> preTokenizers = PreTokenizerJson.read(root.get("pre_tokenizer"));
    readVocabulary(model.object("vocab"));
    BytePairMerges merges = readMerges(model);
    List<AddedToken> addedTokens = readAddedTokens();
    int bos = namedToken(config.bos(), "bos_token", addedTokens);
    int eos = namedToken(config.eos(), "eos_token", addedTokens);
    boolean addBos = config.addBos().orElseGet(() -> postProcessorAdds(config.bos()));
    return new ByteLevelBpe(
        new ByteLevelBpe.Parts(
            Map.copyOf(ids),
            merges,
            model.flag("ignore_merges", false),
            List.copyOf(addedTokens),
            List.copyOf(preTokenizers),
            bos,
            eos,
            addBos));
  }

  private static void requireByteLevelBpe(JsonSection model) {
    String type = model.string("type");
    if (!type.equals("BPE")) {
      throw model.get("type").unsupported(type, "BPE");
    }
    for (String name : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      JsonSection affix = model.get(name);
      if (!affix.isAbsent() && !affix.text().isEmpty()) {
        throw affix.unsupported(affix.describe(), "none");
      }
    }
    if (model.flag("byte_fallback", false)) {
      throw model.get("byte_fallback").unsupported("true", "false");
    }
    JsonSection dropout = model.get("dropout");
    if (!dropout.isAbsent() && dropout.node().asDouble(1) != 0) {
      throw dropout.unsupported(dropout.describe(), "none");
    }
  }

  private static void requireNoNormalizer(JsonSection normalizer) {
    if (normalizer.isAbsent()) {
      return;
    }
    String type = normalizer.string("type");
    if (!type.equals("Sequence")) {
      throw normalizer.get("type").unsupported(type, "no normalizer, or an empty Sequence");
    }
    normalizer.array("normalizers").forEach(TokenizerJson::requireNoNormalizer);
  }

  private static void requireByteLevelDecoder(JsonSection decoder) {
    String type = decoder.isAbsent() ? "none" : decoder.string("type");
    if (!type.equals("ByteLevel")) {
      throw decoder.unsupported(type, "ByteLevel");
    }
  }

  private void readVocabulary(JsonSection vocab) {
    for (Map.Entry<String, JsonNode> token : vocab.node().properties()) {
      int id = id(vocab.get(token.getKey()));
      if (usedIds.get(id)) {
        throw vocab.invalid(
            "gives id " + id + " twice, the second time to " + quote(token.getKey()));
      }
      usedIds.set(id);
      ids.put(token.getKey(), id);
    }
    for (int b = 0; b < 256; b++) {
      // C0, C1 and F5 to FF occur in no UTF-8 text and are left out of some vocabularies.
      boolean occurs = b < 0xc0 || (b > 0xc1 && b < 0xf5);
      if (occurs && !ids.containsKey(String.valueOf(ByteAlphabet.charOf(b)))) {
        throw vocab.invalid("must have a token for each byte, found none for 0x%02X".formatted(b));
      }
    }
  }

  private static int id(JsonSection section) {
    JsonNode node = section.require(JsonNodeType.NUMBER).node();
    if (!node.canConvertToExactIntegral() || node.asLong() < 0 || node.asLong() > MAX_ID) {
      throw section.invalid("must be an id from 0 to " + MAX_ID + ", found " + section.describe());
    }
    return node.intValue();
  }

  private BytePairMerges readMerges(JsonSection model) {
    List<JsonSection> pairs = model.array("merges");
    int[] left = new int[pairs.size()];
    int[] right = new int[pairs.size()];
    int[] merged = new int[pairs.size()];
    Map<Long, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < pairs.size(); rank++) {
      JsonSection pair = pairs.get(rank);
      String[] parts = mergeParts(pair);
      left[rank] = mergeToken(pair, parts[0]);
      right[rank] = mergeToken(pair, parts[1]);
      merged[rank] = mergeToken(pair, parts[0] + parts[1]);
      Integer earlier = ranks.putIfAbsent((long) left[rank] << 32 | right[rank], rank);
      if (earlier != null) {
        throw pair.invalid("repeats merges[" + earlier + "]: " + pair.describe());
      }
    }
    return new BytePairMerges(left, right, merged);
  }

  /** The two parts of {@code "a b"} or {@code ["a", "b"]}. */
  private static String[] mergeParts(JsonSection pair) {
    JsonNode node = pair.node();
    if (node.isTextual()) {
      String[] parts = node.textValue().split(" ", -1);
      if (parts.length == 2) {
        return parts;
      }
    } else if (node.isArray()
        && node.size() == 2
        && node.get(0).isTextual()
        && node.get(1).isTextual()) {
      return new String[] {node.get(0).textValue(), node.get(1).textValue()};
    }
    throw pair.invalid("must be \"a b\" or [\"a\", \"b\"], found " + pair.describe());
  }

  private int mergeToken(JsonSection pair, String content) {
    Integer id = ids.get(content);
    if (id == null) {
      throw pair.invalid(
          "must join tokens of the vocabulary, but it lacks "
              + quote(content)
              + ": "
              + pair.describe());
    }
    return id;
  }

  private List<AddedToken> readAddedTokens() {
    List<AddedToken> result = new ArrayList<>();
    if (root.get("added_tokens").isAbsent()) {
      return result;
    }
    for (JsonSection section : root.array("added_tokens")) {
      String content = section.string("content");
      int id = id(section.get("id"));
      if (content.isEmpty() || UnicodeText.unpairedSurrogate(content) >= 0) {
        throw section.get("content").invalid("must be text, found " + section.describe());
      }
      Integer known = ids.putIfAbsent(content, id);
      if (known == null ? usedIds.get(id) : known != id) {
        throw section.invalid(
            "gives id " + id + " to " + quote(content) + ", which contradicts another token");
      }
      if (result.stream().anyMatch(earlier -> earlier.id() == id)) {
        throw section.invalid("repeats the added token " + quote(content) + " with id " + id);
      }
      usedIds.set(id);
      boolean special = section.flag("special", false);
      result.add(
          new AddedToken(
              id,
              content,
              special,
              section.flag("single_word", false),
              section.flag("lstrip", false),
              section.flag("rstrip", false),
              section.flag("normalized", !special)));
    }
    return result;
  }

  /** Id of BOS or EOS, which is special even where {@code added_tokens} does not list it. */
  private int namedToken(String content, String field, List<AddedToken> addedTokens) {
    if (content == null) {
      return -1;
    }
    Integer id = ids.get(content);
    if (id == null) {
      throw root.invalid(
          "must hold the " + field + " " + quote(content) + " of tokenizer_config.json");
    }
    addedTokens.replaceAll(token -> token.id() == id ? token.asSpecial() : token);
    if (addedTokens.stream().noneMatch(token -> token.id() == id)) {
      addedTokens.add(new AddedToken(id, content, true, false, false, false, false));
    }
    return id;
  }

  /** Whether a TemplateProcessing post-processor puts that token before a single text. */
  private boolean postProcessorAdds(String bos) {
    JsonSection processor = root.get("post_processor");
    if (bos == null || processor.isAbsent()) {
      return false;
    }
    List<JsonSection> steps =
        processor.string("type").equals("Sequence")
            ? processor.array("processors")
            : List.of(processor);
    return steps.stream()
        .filter(step -> step.string("type").equals("TemplateProcessing"))
        .map(step -> step.array("single"))
        .anyMatch(
            single ->
                !single.isEmpty()
                    && bos.equals(
                        single.get(0).node().path("SpecialToken").path("id").textValue()));
  }

  private static String quote(String content) {
    return "\"" + content + "\"";
  }
}
