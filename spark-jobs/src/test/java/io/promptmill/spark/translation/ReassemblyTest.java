package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReassemblyTest {
  private static final Piece ONE = new Piece("一。", true);

  private static String reassembled(List<Piece> pieces, List<String> texts) {
    String source = pieces.stream().map(Piece::text).collect(Collectors.joining());
    return Reassembly.of(Spans.in(source), pieces, texts);
  }

  @Test
  void whatStandsBetweenSegmentsStays() {
    assertThat(
            reassembled(
                List.of(new Piece("- ", false), ONE, new Piece("\r\n\n", false), ONE),
                List.of("a.", "b.")))
        .isEqualTo("- a.\r\n\nb.");
  }

  @Test
  void sentencesOfChineseGetABlankBetweenThemInEnglishAndNoneInJapanese() {
    assertThat(reassembled(List.of(ONE, ONE), List.of("One.", "Two."))).isEqualTo("One. Two.");
    assertThat(reassembled(List.of(ONE, ONE), List.of("一つ。", "二つ。"))).isEqualTo("一つ。二つ。");
  }

  @Test
  void aBlankBetweenSentencesOfEnglishIsNoneInChineseAndStaysInThai() {
    Piece english = new Piece("One.", true);
    List<Piece> two = List.of(english, new Piece(" ", false), english);

    assertThat(reassembled(two, List.of("一。", "二。"))).isEqualTo("一。二。");
    assertThat(reassembled(two, List.of("一。", "2."))).isEqualTo("一。 2.");
    assertThat(reassembled(two, List.of("หนึ่ง", "สอง"))).isEqualTo("หนึ่ง สอง");
    assertThat(reassembled(List.of(ONE, new Piece(" ", false), ONE), List.of("一。", "二。")))
        .as("the source's own")
        .isEqualTo("一。 二。");
  }

  @Test
  void tagsBetweenSentencesOfChineseGetTheBlankOutsideOfThem() {
    Piece open = new Piece("<b>", false);
    Piece close = new Piece("</b>", false);

    assertThat(reassembled(List.of(ONE, open, ONE, close, ONE), List.of("One.", "Two.", "Three.")))
        .isEqualTo("One. <b>Two.</b> Three.");
    assertThat(reassembled(List.of(ONE, new Piece("<br>", false), ONE), List.of("One.", "Two.")))
        .isEqualTo("One.<br>Two.");
  }

  @Test
  void whatTheSourceWritesWithoutABlankOfItsOwnAccordStaysSo() {
    assertThat(
            reassembled(
                List.of(new Piece("well-", true), new Piece("known", true)), List.of("a-", "b")))
        .isEqualTo("a-b");
  }
}
