package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {

  private static final ByteLevelBpe TOKENIZER = TextFixtures.tokenizer();

  @Test
  void holdsACharacterBackUntilItsLastToken() {
    int[] ids = TOKENIZER.encode("🪿");
    assertThat(ids).hasSizeGreaterThan(2);
    StreamDecoder decoder = new StreamDecoder(TOKENIZER, false);
    for (int i = 0; i < ids.length - 1; i++) {
      assertThat(decoder.accept(ids[i])).isEmpty();
    }
    assertThat(decoder.accept(ids[ids.length - 1])).isEqualTo("🪿");
    assertThat(decoder.finish()).isEmpty();
  }

  @Test
  void piecesJoinToTheTextOfTheWhole() {
    for (JsonNode row : TextFixtures.lines("tokenizer/decodings.jsonl")) {
      StreamDecoder all = new StreamDecoder(TOKENIZER, false);
      StreamDecoder skip = new StreamDecoder(TOKENIZER, true);
      StringBuilder allText = new StringBuilder();
      StringBuilder skipText = new StringBuilder();
      for (int id : TextFixtures.ints(row.get("ids"))) {
        allText.append(all.accept(id));
        skipText.append(skip.accept(id));
      }
      assertThat(allText.append(all.finish())).hasToString(row.get("all").textValue());
      assertThat(skipText.append(skip.finish())).hasToString(row.get("skip").textValue());
    }
  }

  @Test
  void neverGivesHalfASurrogatePair() {
    StreamDecoder decoder = new StreamDecoder(TOKENIZER, false);
    List<String> pieces = new ArrayList<>();
    for (int id : TOKENIZER.encode("a😀é👩‍👩‍👧‍👦𝟙字")) {
      pieces.add(decoder.accept(id));
    }
    assertThat(pieces).allMatch(piece -> UnicodeText.unpairedSurrogate(piece) < 0);
    assertThat(String.join("", pieces)).isEqualTo("a😀é👩‍👩‍👧‍👦𝟙字");
  }

  @Test
  void replacesACharacterThatStaysIncomplete() {
    int[] ids = TOKENIZER.encode("🪿");
    StreamDecoder decoder = new StreamDecoder(TOKENIZER, false);
    assertThat(decoder.accept(ids[0])).isEmpty();
    assertThat(decoder.finish()).isEqualTo("\ufffd");
    assertThat(decoder.finish()).isEmpty();
  }

  @Test
  void ignoresIdsOutsideTheVocabulary() {
    StreamDecoder decoder = new StreamDecoder(TOKENIZER, false);
    assertThat(decoder.accept(-1)).isEmpty();
    assertThat(decoder.accept(TOKENIZER.vocabSize())).isEmpty();
    assertThat(decoder.accept(TOKENIZER.idOf("a"))).isEqualTo("a");
  }
}
