package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.translation.Mending.Mended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Data;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.FromData;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Table;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

class MendingTest {
  private static final Mending MENDING = new Mending(Spans.ALL);

  @Provide
  static Arbitrary<String> texts() {
    return Spans.texts();
  }

  private static Map<String, Integer> counts(String text, boolean numbers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Span span : Spans.ALL.find(text)) {
      if ((span.kind() == SpanKind.NUMBER) == numbers) {
        counts.merge(span.in(text), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** What the job does with a segment, on a model that says one text first and others then. */
  private static String translated(String segment, String first, List<String> then) {
    if (MENDING.isFaithful(segment, first)) {
      return MENDING.whole(segment, first).text();
    }
    List<Piece> gaps = MENDING.gaps(segment, first);
    List<String> answers = new ArrayList<>();
    gaps.stream().filter(Piece::asked).forEach(gap -> answers.add(then.get(answers.size() % 3)));
    return MENDING.together(segment, gaps, answers).text();
  }

  @Property(tries = 1500)
  void whateverAModelSaysASegmentKeepsItsSpans(
      @ForAll("texts") String document,
      @ForAll("texts") String first,
      @ForAll("texts") String second,
      @ForAll long seed) {
    Random random = new Random(seed);
    for (Piece piece :
        new Segmenter(new SegmentLimits(60, 0)).pieces(Spans.in(document), new Sentences("en"))) {
      if (piece.asked()) {
        String echo = "Ja: " + piece.text().replace(random.nextBoolean() ? "<" : "5", "");
        String text =
            translated(
                piece.text(), random.nextBoolean() ? first : echo, List.of("ja", second, " "));

        assertThat(counts(text, false)).isEqualTo(counts(piece.text(), false));
        Map<String, Integer> numbers = counts(text, true);
        counts(piece.text(), true)
            .forEach(
                (number, count) -> assertThat(numbers.get(number)).isGreaterThanOrEqualTo(count));
      }
    }
  }

  @Provide
  static Arbitrary<List<String>> chineseWithSpans() {
    Arbitrary<String> words = Arbitraries.of("我买了", "苹果", "今天，", "谢谢。", "（见", "）");
    Arbitrary<String> spans =
        Arbitraries.of(
            "5",
            "10%",
            "{name}",
            "$amount",
            "%s",
            "a@b.com",
            "https://a.com/x",
            "`x`",
            "&amp;",
            "<b>",
            "</b>",
            "<i>很</i>",
            "<img src='x'>",
            "**",
            "[",
            "](u)",
            "\\n");
    return Combinators.combine(words, spans).as((word, span) -> word + span).list().ofMaxSize(8);
  }

  @Property(tries = 1000)
  void whatStandsInChineseIsTranslatedAroundItsSpansCompletely(
      @ForAll("chineseWithSpans") List<String> parts) {
    String segment = String.join("", parts) + "好";
    List<Piece> gaps = MENDING.gaps(segment, null);
    List<String> answers =
        gaps.stream().filter(Piece::asked).map(gap -> "Word").collect(Collectors.toList());

    Mended mended = MENDING.together(segment, gaps, answers);

    assertThat(mended.complete()).isTrue();
    assertThat(mended.text()).doesNotContainPattern("[\\p{IsHan}]");
    assertThat(counts(mended.text(), false)).isEqualTo(counts(segment, false));
    assertThat(counts(mended.text(), true)).isEqualTo(counts(segment, true));
    assertThat(mended.text().split("Word", -1)).hasSize(answers.size() + 1);
  }

  @Property
  @FromData("fromChinese")
  void fromChineseWordsAreParted(
      @ForAll String segment, @ForAll String answers, @ForAll String translation) {
    List<Piece> gaps = MENDING.gaps(segment, null);

    assertThat(MENDING.together(segment, gaps, List.of(answers.split("\\|"))))
        .isEqualTo(new Mended(translation, true));
  }

  @Data
  static Iterable<Tuple3<String, String, String>> fromChinese() {
    return Table.of(
        Tuple.of("我买了5个苹果", "I bought|apples", "I bought 5 apples"),
        Tuple.of("价格是5元", "The price is|yuan", "The price is 5 yuan"),
        Tuple.of("请访问https://a.com/x查看", "Visit|to see.", "Visit https://a.com/x to see"),
        Tuple.of("联系a@b.com获取", "Contact|to get it", "Contact a@b.com to get it"),
        Tuple.of("欠$amount元", "Owes|yuan", "Owes $amount yuan"),
        Tuple.of("你好{name}，谢谢", "Hello|thanks", "Hello {name}，thanks"),
        Tuple.of("你好{name},谢谢", "Hello|thanks", "Hello {name}, thanks"),
        Tuple.of("我爱<b>苹果</b>和梨。", "I love|apples|and pears.", "I love <b>apples</b> and pears."),
        Tuple.of("我爱**苹果**和梨", "I love|apples|and pears", "I love **apples** and pears"),
        Tuple.of("<b>甲</b><i>乙</i>", "A|B", "<b>A</b> <i>B</i>"),
        Tuple.of("请看[文档](u)，再见", "See|the docs|bye", "See [the docs](u)，bye"),
        Tuple.of("运行`x`(见{y})命令", "Run|see|it", "Run `x`(see {y}) it"),
        Tuple.of("第一行\\n第二行", "Line one|Line two", "Line one\\nLine two"),
        Tuple.of("사과5개", "apples|pieces", "apples 5 pieces"),
        Tuple.of("买了5个", "買った|個", "買った5個"),
        Tuple.of("我有{x}个 ", "I have|left!", "I have {x} left "));
  }

  @Example
  void whatTheSourceWritesTogetherOfItsOwnAccordStaysTogether() {
    assertThat(MENDING.together("pre{x}fix", MENDING.gaps("pre{x}fix", null), List.of("vor", "e")))
        .isEqualTo(new Mended("vor{x}e", true));
  }

  @Property(tries = 500)
  void theGapsAndTheSpansAreTheSegment(
      @ForAll("texts") String text, @ForAll("texts") String words) {
    StringBuilder together = new StringBuilder();
    MENDING.gaps(text, words).forEach(piece -> together.append(piece.text()));

    assertThat(together).hasToString(text);
  }

  @Example
  void aFaithfulTranslationStaysAsItIs() {
    assertThat(MENDING.whole("Press <b>{key}</b> 5 times.", " 按<b>{key}</b>\n5次。 "))
        .isEqualTo(new Mended("按<b>{key}</b> 5次。", true));
    assertThat(MENDING.isFaithful("five cats", "5只猫")).isTrue();
  }

  @Example
  void lostDoubledChangedAndTwistedSpansAreNotFaithful() {
    assertThat(MENDING.isFaithful("Hi {name}", "你好")).isFalse();
    assertThat(MENDING.isFaithful("Hi {name}", "你好{name}{name}")).isFalse();
    assertThat(MENDING.isFaithful("Hi {name}", "你好{名字}")).isFalse();
    assertThat(MENDING.isFaithful("a <b>b</b>", "</b>b<b> a")).isFalse();
    assertThat(MENDING.isFaithful("10,000 cats", "1万只猫")).isFalse();
    assertThat(MENDING.isFaithful("a cat", " \n")).isFalse();
  }

  @Example
  void markupThatAModelAddsIsTakenOff() {
    assertThat(MENDING.whole("Click OK", "点击**确定**")).isEqualTo(new Mended("点击确定", true));
    assertThat(MENDING.whole("Click OK", "点击{ok}")).isEqualTo(new Mended("Click OK", false));
  }

  @Example
  void theTextBetweenTheSpansIsTranslatedAndNumbersSplitOnlyIfOneWasLost() {
    String segment = "Press <b>Start</b> 5 times.";

    assertThat(MENDING.gaps(segment, "按开始5次。"))
        .filteredOn(Piece::asked)
        .extracting(Piece::text)
        .containsExactly("Press", "Start", "5 times.");
    assertThat(MENDING.gaps(segment, "按<b>开始</b>五次。"))
        .filteredOn(Piece::asked)
        .extracting(Piece::text)
        .containsExactly("Press", "Start", "times.");
    assertThat(
            MENDING.together(segment, MENDING.gaps(segment, "按开始5次。"), List.of("按。", "开始", "5次。")))
        .isEqualTo(new Mended("按 <b>开始</b> 5次。", true));
  }

  @Example
  void punctuationBesideASpanStays() {
    assertThat(MENDING.gaps("{user}: (see <b>it</b>), please.", "x"))
        .extracting(Piece::text)
        .containsExactly("{user}: (", "see", " <b>", "it", "</b>), ", "please.");
  }

  @Example
  void aGapWhoseTranslationAddsOrLosesSomethingStaysInTheSource() {
    String segment = "Press {key} 5 times.";

    assertThat(MENDING.together(segment, MENDING.gaps(segment, "x"), List.of("按", "次")))
        .isEqualTo(new Mended("按 {key} 5 times.", false));
  }
}
