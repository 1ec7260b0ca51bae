package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StopStringsTest {

  private static final ByteLevelBpe TOKENIZER = TextFixtures.tokenizer();

  @Test
  void findsAStopThatBeginsAndEndsInsideTokens() {
    int[] ids = TOKENIZER.encode("The mill stands where the river bends.");
    StopStrings stops = new StopStrings(TOKENIZER, List.of("nds wh"), true);
    int taken = feed(stops, ids);
    assertThat(taken).isLessThan(ids.length);
    assertThat(stops.stopped()).isTrue();
    assertThat(stops.finish()).isEqualTo("The mill sta");
  }

  @Test
  void stopsWithTheTokenThatCompletesTheStop() {
    int[] ids = bytesOf("abc\n\nQuestion");
    StopStrings stops = new StopStrings(TOKENIZER, List.of("\n\n"), true);
    assertThat(feed(stops, ids)).isEqualTo(5);
    assertThat(stops.finish()).isEqualTo("abc");
  }

  @Test
  void cutsBeforeTheStopThatBeginsFirst() {
    // Both become complete with the one token that ends the text.
    int[] ids = {TOKENIZER.idOf("a"), TOKENIZER.idOf("Ġthe")};
    for (List<String> stops : List.of(List.of("he", "a th"), List.of("a th", "he"))) {
      StopStrings watched = new StopStrings(TOKENIZER, stops, true);
      assertThat(feed(watched, ids)).isEqualTo(2);
      assertThat(watched.finish()).isEmpty();
    }
  }

  @Test
  void givesTheWholeTextWhereNoStopOccurs() {
    StopStrings stops = new StopStrings(TOKENIZER, List.of("nowhere", "\n\n"), true);
    int[] ids = TOKENIZER.encode("a \n b 😀");
    assertThat(feed(stops, ids)).isEqualTo(ids.length);
    assertThat(stops.stopped()).isFalse();
    assertThat(stops.finish()).isEqualTo("a \n b 😀");
  }

  @Test
  void findsAStopOfSplitCharacters() {
    StopStrings stops = new StopStrings(TOKENIZER, List.of("🪿"), true);
    feed(stops, TOKENIZER.encode("honk 🪿🪿"));
    assertThat(stops.finish()).isEqualTo("honk ");
  }

  @Test
  void seesAStopAcrossASkippedSpecialToken() {
    int[] ids = {TOKENIZER.idOf("a"), TOKENIZER.eosTokenId(), TOKENIZER.idOf("b")};
    StopStrings skipping = new StopStrings(TOKENIZER, List.of("ab"), true);
    assertThat(feed(skipping, ids)).isEqualTo(3);
    assertThat(skipping.finish()).isEmpty();
    StopStrings showing = new StopStrings(TOKENIZER, List.of("ab"), false);
    feed(showing, ids);
    assertThat(showing.finish()).isEqualTo("a" + TextFixtures.EOS + "b");
  }

  @Test
  void replacesACharacterThatStaysIncomplete() {
    StopStrings stops = new StopStrings(TOKENIZER, List.of("x"), true);
    stops.accept(TOKENIZER.encode("🪿")[0]);
    assertThat(stops.finish()).isEqualTo("\ufffd");
  }

  @Test
  void agreesWithASearchOfTheWholeText() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      int[] ids =
          random.ints(30, 0, 4).map(i -> TOKENIZER.idOf("abcd".substring(i, i + 1))).toArray();
      List<String> stops =
          Stream.generate(() -> word(random)).limit(1 + random.nextInt(3)).toList();
      String text = TOKENIZER.decode(ids, true);
      // The stop that ends first, and of those that end with it the one that begins first.
      int end =
          stops.stream()
              .filter(text::contains)
              .mapToInt(s -> text.indexOf(s) + s.length())
              .min()
              .orElse(-1);
      StopStrings watched = new StopStrings(TOKENIZER, stops, true);
      int taken = feed(watched, ids);
      assertThat(watched.stopped()).isEqualTo(end >= 0);
      if (end >= 0) {
        assertThat(taken).isEqualTo(end);
        String stop = longestEndingAt(text, end, stops);
        assertThat(watched.finish()).isEqualTo(text.substring(0, end - stop.length()));
      }
    }
  }

  @Test
  void refusesAnEmptyStop() {
    assertThatThrownBy(() -> new StopStrings(TOKENIZER, List.of("a", ""), true))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("stop strings must not be empty, found [a, ]");
  }

  /** Number of tokens taken, that which stops included. */
  private static int feed(StopStrings stops, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (stops.accept(ids[i])) {
        return i + 1;
      }
    }
    return ids.length;
  }

  private static int[] bytesOf(String ascii) {
    return ascii.chars().map(c -> TOKENIZER.idOf(String.valueOf(ByteAlphabet.charOf(c)))).toArray();
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(4)));
    }
    return word.toString();
  }

  private static String longestEndingAt(String text, int end, List<String> stops) {
    return stops.stream()
        .filter(stop -> text.substring(0, end).endsWith(stop))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElseThrow();
  }
}
