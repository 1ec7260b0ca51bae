package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

class SegmenterTest {
  private static final int ANY = Integer.MAX_VALUE;

  private static List<Piece> pieces(String document, int characters, int sentences) {
    return new Segmenter(new SegmentLimits(characters, sentences))
        .pieces(Spans.in(document), new Sentences("en"));
  }

  private static List<String> segments(String document) {
    return segments(document, ANY, 0);
  }

  private static List<String> segments(String document, int characters, int sentences) {
    return pieces(document, characters, sentences).stream()
        .filter(Piece::asked)
        .map(Piece::text)
        .toList();
  }

  @Provide
  static Arbitrary<String> texts() {
    return Spans.texts();
  }

  @Property(tries = 1500)
  void theDocumentIsItsPieces(
      @ForAll("texts") String document,
      @ForAll @IntRange(min = 1, max = 40) int characters,
      @ForAll @IntRange(max = 3) int sentences) {
    String together =
        pieces(document, characters, sentences).stream()
            .map(Piece::text)
            .collect(Collectors.joining());

    assertThat(together).isEqualTo(document);
  }

  @Property(tries = 1500)
  void noSegmentCutsASpanOrHoldsALineBreakOrLacksALetter(
      @ForAll("texts") String document, @ForAll @IntRange(min = 1, max = 40) int characters) {
    SpannedText text = Spans.in(document);
    int start = 0;
    for (Piece piece : pieces(document, characters, 0)) {
      Piece.Range range = new Piece.Range(start, start + piece.text().length());
      if (piece.asked()) {
        assertThat(text.isBorder(range.start())).isTrue();
        assertThat(text.isBorder(range.end())).isTrue();
        assertThat(text.hasLetters(range)).isTrue();
        assertThat(text.trim(range)).isEqualTo(range);
        for (int i = range.start(); i < range.end(); i++) {
          assertThat(document.charAt(i) != '\n' || !text.isOutside(i)).isTrue();
        }
      }
      start = range.end();
    }
  }

  @Example
  void linesMarkersAndBlankLinesStayOutside() {
    assertThat(segments("# Title\n\n- one thing\n  2) two\n> [x] three 十\r\n（3）四\n\t\n---\n10 %\n"))
        .containsExactly("Title", "one thing", "two", "three 十", "四");
  }

  @Example
  void sentencesArePackedUpToTheLimits() {
    String text = "One is here. Two is there!  Three? 四在这里。五在那里。";

    assertThat(segments(text)).containsExactly(text);
    assertThat(segments(text, ANY, 1))
        .containsExactly("One is here.", "Two is there!", "Three?", "四在这里。", "五在那里。");
    assertThat(segments(text, 30, 0))
        .containsExactly("One is here. Two is there!", "Three? 四在这里。五在那里。");
  }

  @Example
  void abbreviationsAndDotsInsideOfSpansEndNoSentence() {
    assertThat(
            segments("Mr. Smith paid 3.50 at www.a.de. He left e.g. by {car.name}. Bye.", ANY, 1))
        .containsExactly("Mr. Smith paid 3.50 at www.a.de.", "He left e.g. by {car.name}.", "Bye.");
  }

  @Example
  void aLongSentenceIsCutAfterAClauseElseBetweenWordsAndNeverInsideOfASpan() {
    assertThat(segments("One two three, four five six seven.", 20, 0))
        .containsExactly("One two three,", "four five six seven.");
    assertThat(segments("One two three four five", 10, 0))
        .containsExactly("One two", "three four", "five");
    assertThat(segments("a {{a long placeholder}} b", 5, 0)).contains("b");
    assertThat(segments("一二三四五六七八九十", 4, 0)).containsExactly("一二三四", "五六七八", "九十");
  }

  @Example
  void blockElementsCodeAndCellsAreBordersAndInlineElementsAreNot() {
    assertThat(segments("<p>One <b>two</b>.</p><ul><li>three</li></ul><!-- no -->four<br>five"))
        .containsExactly("One <b>two</b>.", "three", "four", "five");
    assertThat(segments("a\n```\ncode here\n```\nb `x` c")).containsExactly("a", "b `x` c");
    assertThat(segments("| name | size |\n|---|---|\n| big `a|b` | 5 |"))
        .containsExactly("name", "size", "big `a|b`");
    assertThat(segments("<i><b>all of it</b></i> ")).containsExactly("all of it");
    assertThat(segments("**a** b **c**\n**d**")).containsExactly("**a** b **c**", "d");
    assertThat(segments("One? <b>Two.</b> \"Three.\" **Four.**", ANY, 1))
        .containsExactly("One?", "Two.", "\"Three.\"", "Four.");
  }

  @Example
  void whatHoldsNoWordsIsNotAsked() {
    assertThat(segments("{name}: 42 %\n&nbsp;\nhttps://a.b/c a@b.org\n😀\n")).isEmpty();
  }

  @Example
  void timeIsLinearInLongAndHostileDocuments() {
    for (String part : List.of("One two. ", "<a ", "<pre>", "``` ", "\"<b a='", "word ", "[a](")) {
      assertIsFast(part.repeat(300_000 / part.length()), part);
    }
    assertIsFast("<b>".repeat(40_000) + "x" + "</b>".repeat(40_000), "nested elements");
    assertIsFast("**~~".repeat(40_000) + "x" + "~~**".repeat(40_000), "nested emphasis");
  }

  private static void assertIsFast(String document, String what) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> pieces(document, 1000, 0), what);
  }

  @Example
  void onlyWhatEnclosesAllOfASegmentIsLeftOut() {
    assertThat(segments("<i>a</i> b <i>c</i>")).containsExactly("<i>a</i> b <i>c</i>");
    assertThat(segments("<b> <I>**a <img> b**</i> </B>")).containsExactly("a <img> b");
    assertThat(segments("<b><i>a</b></i>")).containsExactly("<b><i>a</b></i>");
    assertThat(segments("<b><i>a</i></u></b>")).containsExactly("<b><i>a</i></u></b>");
    assertThat(segments("~~**a** b **c**~~")).containsExactly("**a** b **c**");
  }
}
