package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TokenizerJsonTest {

  private static final String FILE = TextFixtures.read("tokenizer/tokenizer.json");
  private static final String CONFIG = TextFixtures.read("tokenizer/tokenizer_config.json");

  @Test
  void readsIdsAndFlags() {
    ByteLevelBpe tokenizer = TextFixtures.tokenizer();
    assertThat(tokenizer.vocabSize()).isEqualTo(1479);
    assertThat(tokenizer.bosTokenId()).isEqualTo(tokenizer.idOf(TextFixtures.BOS)).isEqualTo(1474);
    assertThat(tokenizer.eosTokenId()).isEqualTo(tokenizer.idOf(TextFixtures.EOS)).isEqualTo(1475);
    assertThat(tokenizer.addBosToken()).isTrue();
    assertThat(tokenizer.isSpecial(1475)).isTrue();
    assertThat(tokenizer.isSpecial(tokenizer.idOf("<｜User｜>"))).isFalse();
    assertThat(tokenizer.isSpecial(0)).isFalse();
    assertThat(tokenizer.idOf("no such token")).isEqualTo(-1);
  }

  @Test
  void readsMergesAsStringsLikeMergesAsPairs() {
    ByteLevelBpe strings =
        parse(
            file -> {
              ArrayNode merges = (ArrayNode) file.get("model").get("merges");
              for (int i = 0; i < merges.size(); i++) {
                JsonNode pair = merges.get(i);
                merges.set(i, pair.get(0).textValue() + " " + pair.get(1).textValue());
              }
            });
    for (JsonNode row : TextFixtures.lines("tokenizer/encodings.jsonl")) {
      assertThat(strings.encode(row.get("text").textValue()))
          .containsExactly(TextFixtures.ints(row.get("plain")));
    }
  }

  @Test
  void hasNoBosAndEosWithoutTheConfig() {
    ByteLevelBpe tokenizer = TokenizerJson.parse(FILE, Optional.empty(), "fixture");
    assertThat(tokenizer.bosTokenId()).isEqualTo(-1);
    assertThat(tokenizer.eosTokenId()).isEqualTo(-1);
    assertThat(tokenizer.addBosToken()).isFalse();
  }

  @Test
  void takesTheBosFlagFromThePostProcessorWhereTheConfigIsSilent() {
    String processor =
        """
        {"type": "Sequence", "processors": [
          {"type": "ByteLevel"},
          {"type": "TemplateProcessing", "single": [
            {"SpecialToken": {"id": "%s", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]}]}
        """
            .formatted(TextFixtures.BOS);
    ObjectNode file = (ObjectNode) TextFixtures.parse(FILE);
    file.set("post_processor", TextFixtures.parse(processor));
    String config = "{\"bos_token\": \"%s\"}".formatted(TextFixtures.BOS);
    assertThat(TokenizerJson.parse(file.toString(), Optional.of(config), "x").addBosToken())
        .isTrue();
    assertThat(TokenizerJson.parse(FILE, Optional.of(config), "x").addBosToken()).isFalse();
  }

  @Test
  void treatsTheNamedEosAsSpecialWhateverItsFlagSays() {
    String config = "{\"eos_token\": \"<｜User｜>\", \"bos_token\": \"in\"}";
    ByteLevelBpe tokenizer = TokenizerJson.parse(FILE, Optional.of(config), "fixture");
    assertThat(tokenizer.isSpecial(tokenizer.eosTokenId())).isTrue();
    assertThat(tokenizer.isSpecial(tokenizer.bosTokenId())).isTrue();
    assertThat(tokenizer.encode("a<｜User｜>")).doesNotContain(tokenizer.eosTokenId());
  }

  @Test
  void keepsAWholeTokenWholeWhereMergesAreToBeIgnored() {
    Consumer<ObjectNode> withoutMerges =
        file -> ((ArrayNode) file.get("model").get("merges")).removeAll();
    ByteLevelBpe bytes = parse(withoutMerges);
    ByteLevelBpe whole =
        parse(
            withoutMerges.andThen(
                file -> ((ObjectNode) file.get("model")).put("ignore_merges", true)));
    assertThat(bytes.encode(" the")).hasSize(4);
    assertThat(whole.encode(" the")).containsExactly(whole.idOf("Ġthe"));
  }

  @Test
  void refusesUnsupportedComponents() {
    refuses(f -> model(f).put("type", "Unigram"), "field model.type", "found Unigram", "BPE");
    refuses(f -> model(f).put("byte_fallback", true), "model.byte_fallback", "found true");
    refuses(f -> model(f).put("dropout", 0.1), "model.dropout", "found 0.1");
    refuses(f -> model(f).put("end_of_word_suffix", "</w>"), "model.end_of_word_suffix", "</w>");
    refuses(f -> json(f, "normalizer", "{\"type\":\"NFC\"}"), "normalizer.type", "found NFC");
    refuses(
        f ->
            json(
                f,
                "normalizer",
                "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\"}]}"),
        "field normalizer.normalizers[0].type",
        "found Prepend");
    refuses(f -> json(f, "decoder", "{\"type\":\"WordPiece\"}"), "decoder", "found WordPiece");
    refuses(f -> f.putNull("decoder"), "decoder", "found none", "supported: ByteLevel");
    refuses(f -> f.putNull("pre_tokenizer"), "pre_tokenizer", "found none");
    refuses(f -> json(f, "pre_tokenizer", "{\"type\":\"Metaspace\"}"), "found Metaspace", "Digits");
    refuses(f -> step(f, 5).put("type", "Punctuation"), "pretokenizers[5].type", "Punctuation");
    refuses(f -> step(f, 0).put("type", "ByteLevel"), "found ByteLevel as step 1 of 7");
    refuses(f -> step(f, 0).put("behavior", "MergedWithNext"), "[0].behavior", "MergedWithNext");
    refuses(f -> step(f, 6).put("add_prefix_space", true), "[6].add_prefix_space", "found true");
    refuses(
        f -> ((ObjectNode) step(f, 0).get("pattern")).put("Regex", "(?<=a)b"),
        "pre_tokenizer.pretokenizers[0].pattern.Regex",
        "unsupported group at index 0");
  }

  @Test
  void refusesMalformedFiles() {
    invalid(f -> f.remove("model"), "field model must be an object, found nothing");
    invalid(f -> model(f).remove("merges"), "field model.merges must be an array, found nothing");
    invalid(f -> model(f).put("vocab", 3), "field model.vocab must be an object, found 3");
    invalid(f -> vocab(f).put("!", "one"), "field model.vocab.! must be a number");
    invalid(f -> vocab(f).put("!", -1), "must be an id from 0", "found -1");
    invalid(f -> vocab(f).put("!", 1.5), "found 1.5");
    invalid(f -> vocab(f).put("!", 1L << 40), "found 1099511627776");
    invalid(f -> vocab(f).put("#", 0), "field model.vocab gives id 0 twice");
    invalid(f -> vocab(f).remove("!"), "must have a token for each byte, found none for 0x21");
    invalid(f -> merge(f, "[\"a\"]"), "merges[0] must be", "found [\"a\"]");
    invalid(f -> merge(f, "\"a b c\""), "merges[0] must be", "found \"a b c\"");
    invalid(f -> merge(f, "[\"a\",\"nope\"]"), "merges[0]", "lacks \"nope\"");
    invalid(f -> merge(f, "[\"!\",\"#\"]"), "merges[0]", "lacks \"!#\"");
    invalid(f -> merge(f, model(f).get("merges").get(7).toString()), "merges[7] repeats merges[0]");
    invalid(f -> added(f).remove("content"), "added_tokens[0].content must be a string");
    invalid(f -> added(f).put("content", ""), "added_tokens[0].content must be text");
    invalid(f -> added(f).put("id", 5), "added_tokens[0] gives id 5", "contradicts");
    invalid(f -> added(f).put("content", "!"), "gives id 1474 to \"!\"", "contradicts");
    invalid(
        f -> ((ArrayNode) f.get("added_tokens")).add(f.get("added_tokens").get(1)),
        "added_tokens[5] repeats the added token");
    invalid(f -> added(f).put("special", "yes"), "special must be true or false, found \"yes\"");
    invalid(f -> added(f).put("content", "<bos>"), "must hold the bos_token", TextFixtures.BOS);
  }

  @Test
  void refusesTextThatIsNotOneJsonObject() {
    for (String text : new String[] {"", "{", "[]", "{} {}", "{\"a\":1,\"a\":2}"}) {
      assertThatThrownBy(() -> TokenizerJson.parse(text, Optional.empty(), "fixture"))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
          .hasMessageStartingWith("fixture/tokenizer.json");
    }
  }

  @Test
  void refusesAConfigThatAsksForEosAfterThePrompt() {
    assertThatThrownBy(
            () -> TokenizerJson.parse(FILE, Optional.of("{\"add_eos_token\": true}"), "fixture"))
        .hasMessageContaining("fixture/tokenizer_config.json, field add_eos_token")
        .hasMessageContaining("found true");
  }

  private static ByteLevelBpe parse(Consumer<ObjectNode> change) {
    ObjectNode file = (ObjectNode) TextFixtures.parse(FILE);
    change.accept(file);
    return TokenizerJson.parse(file.toString(), Optional.of(CONFIG), "fixture");
  }

  private static void refuses(Consumer<ObjectNode> change, String... message) {
    fails(ErrorCode.MODEL_UNSUPPORTED, change, message);
  }

  private static void invalid(Consumer<ObjectNode> change, String... message) {
    fails(ErrorCode.CHECKPOINT_INVALID, change, message);
  }

  private static void fails(ErrorCode code, Consumer<ObjectNode> change, String... message) {
    assertThatThrownBy(() -> parse(change))
        .isInstanceOfSatisfying(
            PromptmillException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("fixture/tokenizer.json")
        .hasMessageContainingAll(message);
  }

  private static ObjectNode model(ObjectNode file) {
    return (ObjectNode) file.get("model");
  }

  private static ObjectNode vocab(ObjectNode file) {
    return (ObjectNode) model(file).get("vocab");
  }

  private static void merge(ObjectNode file, String json) {
    ((ArrayNode) model(file).get("merges")).set(0, TextFixtures.parse(json));
  }

  private static ObjectNode added(ObjectNode file) {
    return (ObjectNode) file.get("added_tokens").get(0);
  }

  private static ObjectNode step(ObjectNode file, int index) {
    return (ObjectNode) file.get("pre_tokenizer").get("pretokenizers").get(index);
  }

  private static void json(ObjectNode file, String field, String json) {
    file.set(field, TextFixtures.parse(json));
  }
}
