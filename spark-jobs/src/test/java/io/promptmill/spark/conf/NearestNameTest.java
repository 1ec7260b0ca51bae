package io.promptmill.spark.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("question", "answer", "id");

  @Test
  void findsTypingErrorsAndOtherCase() {
    assertThat(NearestName.of("qestion", NAMES)).contains("question");
    assertThat(NearestName.of("Question", NAMES)).contains("question");
    assertThat(NearestName.of("anwser", NAMES)).contains("answer");
  }

  @Test
  void suggestsNothingFarFetched() {
    assertThat(NearestName.of("prompt", NAMES)).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
    assertThat(NearestName.hint("prompt", NAMES)).isEmpty();
  }
}
