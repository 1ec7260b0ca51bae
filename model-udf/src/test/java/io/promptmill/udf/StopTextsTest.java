package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.engine.StopCondition;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {

  private final TinyTokenizer tokenizer = new TinyTokenizer(true, "ab");

  @Test
  void aTextThatBeginsAndEndsInsideTokensStops() {
    StopTexts stops = new StopTexts(tokenizer, List.of("bc"));
    StopCondition condition = stops.condition();

    assertThat(condition.accept(tokenizer.idOf("ab"))).isFalse();
    assertThat(condition.accept('c')).isTrue();
    assertThat(stops.text(tokenizer.encode("abc"))).isEqualTo("a");
  }

  @Test
  void aSpecialTokenStopsByItsContent() {
    StopTexts stops = new StopTexts(tokenizer, List.of("<user>"));
    StopCondition condition = stops.condition();
    int user = tokenizer.idOf("<user>");

    assertThat(condition.accept(tokenizer.bosTokenId())).isFalse();
    assertThat(condition.accept(user)).isTrue();
    assertThat(stops.text(new int[] {'c', user})).isEqualTo("c");
  }

  @Test
  void eachCompletionIsWatchedOnItsOwn() {
    StopTexts stops = new StopTexts(tokenizer, List.of("cd"));
    StopCondition one = stops.condition();
    StopCondition other = stops.condition();

    assertThat(one.accept('c')).isFalse();
    assertThat(other.accept('d')).isFalse();
    assertThat(one.accept('d')).isTrue();
  }
}
