package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelBpeTest {

  private static final ByteLevelBpe TOKENIZER = TextFixtures.tokenizer();

  @Test
  void givesTheIdsOfTheTokenizersLibrary() {
    List<JsonNode> rows = TextFixtures.lines("tokenizer/encodings.jsonl");
    assertThat(rows).hasSizeGreaterThan(400);
    for (JsonNode row : rows) {
      assertEncodings(TOKENIZER, row);
    }
  }

  @Test
  void honoursTheFlagsOfAddedTokens() {
    ObjectNode file =
        (ObjectNode) TextFixtures.parse(TextFixtures.read("tokenizer/tokenizer.json"));
    file.set("added_tokens", TextFixtures.parse(TextFixtures.read("tokenizer/flag-tokens.json")));
    ByteLevelBpe tokenizer = TokenizerJson.parse(file.toString(), Optional.empty(), "flags");
    for (JsonNode row : TextFixtures.lines("tokenizer/flag-encodings.jsonl")) {
      assertEncodings(tokenizer, row);
    }
  }

  @Test
  void decodesAsTheTokenizersLibrary() {
    for (JsonNode row : TextFixtures.lines("tokenizer/decodings.jsonl")) {
      int[] ids = TextFixtures.ints(row.get("ids"));
      assertThat(TOKENIZER.decode(ids, false)).as("%s", row).isEqualTo(row.get("all").textValue());
      assertThat(TOKENIZER.decode(ids, true)).as("%s", row).isEqualTo(row.get("skip").textValue());
    }
  }

  @Test
  void decodingGivesTheEncodedTextBack() {
    for (JsonNode row : TextFixtures.lines("tokenizer/encodings.jsonl")) {
      String text = row.get("text").textValue();
      assertThat(TOKENIZER.decode(TOKENIZER.encode(text), false)).isEqualTo(text);
      assertThat(TOKENIZER.decode(TOKENIZER.encodeWithSpecialTokens(text), false)).isEqualTo(text);
    }
  }

  @Test
  void keepsSpecialTokensInPlainTextAsText() {
    int eos = TOKENIZER.eosTokenId();
    assertThat(TOKENIZER.encode("a" + TextFixtures.EOS)).doesNotContain(eos);
    assertThat(TOKENIZER.encodeWithSpecialTokens("a" + TextFixtures.EOS)).endsWith(eos);
  }

  @Test
  void asksTheRuleAboutEveryOccurrence() {
    String text = "<｜User｜>" + TextFixtures.EOS + "<｜User｜>";
    int user = TOKENIZER.idOf("<｜User｜>");
    int[] ids = TOKENIZER.encode(text, (tokenId, start) -> start > 0);
    assertThat(ids).endsWith(TOKENIZER.eosTokenId(), user).hasSizeGreaterThan(3);
    assertThat(IntStream.of(ids).filter(id -> id == user)).hasSize(1);
  }

  @Test
  void knowsBytesOfPartsOfCharacters() {
    int[] ids = TOKENIZER.encode("🪿");
    assertThat(ids).hasSizeGreaterThan(1);
    byte[] joined = new byte[4];
    int at = 0;
    for (int id : ids) {
      byte[] part = TOKENIZER.bytes(id);
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    assertThat(new String(joined, StandardCharsets.UTF_8)).isEqualTo("🪿");
    assertThat(TOKENIZER.bytes(TOKENIZER.bosTokenId()))
        .isEqualTo(TextFixtures.BOS.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1479, Integer.MAX_VALUE})
  void refusesBytesOfAnIdOutsideTheVocabulary(int tokenId) {
    assertThatThrownBy(() -> TOKENIZER.bytes(tokenId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vocabulary of 1479 ids, found " + tokenId);
  }

  @Test
  void namesThePositionOfAnUnpairedSurrogate() {
    for (String text : List.of("ab\ud83dc", "ab\ude00", "😀\ud83d", "😀\ude00\ud83d")) {
      assertThatThrownBy(() -> TOKENIZER.encode(text))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.PROMPT_INVALID))
          .hasMessageContaining("at index 2 of " + text.length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "the", "字", " ", "1", "\n", "!", "😀", "\u0301", "ab12 "})
  void encodesAMillionCharactersOfOneKindQuickly(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    int[] ids =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> TOKENIZER.encode(text));
    assertThat(TOKENIZER.decode(ids, false)).isEqualTo(text);
  }

  @Test
  void mergesLongWordsAsShortOnes() {
    // Words on both sides of the limit between the two algorithms, made of the same syllables.
    String word = "themillergrindsthegrain".repeat(20);
    for (int length = 30; length < 120; length++) {
      String text = word.substring(0, length);
      int[] ids = TOKENIZER.encode(text).clone();
      int[] queued = bytesAsIds(text);
      int count = new MergeQueue(TOKENIZER.merges(), queued, queued.length).run();
      assertThat(IntStream.of(queued).limit(count)).containsExactly(boxed(ids));
    }
  }

  @Test
  void sharesOneInstanceBetweenThreads() {
    List<JsonNode> rows = TextFixtures.lines("tokenizer/encodings.jsonl");
    ByteLevelBpe fresh = TextFixtures.tokenizer();
    IntStream.range(0, rows.size() * 8)
        .parallel()
        .forEach(i -> assertEncodings(fresh, rows.get(i % rows.size())));
  }

  private static int[] bytesAsIds(String text) {
    return text.chars().map(c -> TOKENIZER.idOf(String.valueOf((char) c))).toArray();
  }

  private static Integer[] boxed(int[] ids) {
    return IntStream.of(ids).boxed().toArray(Integer[]::new);
  }

  private static void assertEncodings(ByteLevelBpe tokenizer, JsonNode row) {
    String text = row.get("text").textValue();
    int[] plain = TextFixtures.ints(row.get("plain"));
    assertThat(tokenizer.encode(text)).as("%s", row.get("text")).containsExactly(plain);
    int[] special = row.has("special") ? TextFixtures.ints(row.get("special")) : plain;
    assertThat(tokenizer.encodeWithSpecialTokens(text))
        .as("%s", row.get("text"))
        .containsExactly(special);
  }
}
