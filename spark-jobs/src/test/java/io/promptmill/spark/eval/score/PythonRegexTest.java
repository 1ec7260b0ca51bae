package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.python.PythonRegex;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonRegexTest {

  static Stream<JsonNode> cases() throws IOException {
    return ScoringFixtures.lines("regexes.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsRemovesAndSplitsAsPythonDoes(JsonNode given) {
    PythonRegex regex = PythonRegex.compile(given.get("pattern").textValue());
    String text = given.get("text").textValue();
    assertThat(regex.findAll(text)).isEqualTo(ScoringFixtures.value(given.get("findall")));
    assertThat(regex.removeFrom(text)).isEqualTo(given.get("removed").textValue());
    assertThat(regex.pieces(text)).isEqualTo(given.get("pieces").intValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[a",
        "a**",
        "\\p{L}",
        "\\z",
        "\\Q.\\E",
        "(?P<a>x)(?P<a>y)",
        "(?P=none)",
        "(?x) a",
        "(a)(?(1)b|c)",
        "\\2(a)",
        "[z-a]",
        "a(?i)b",
        "\\",
        "\\x4",
        "(?P<a"
      })
  void refusesWhatPythonRefusesOrJavaLacksAndNamesThePattern(String pattern) {
    assertThatThrownBy(() -> PythonRegex.compile(pattern))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("'" + pattern + "'");
  }

  @Test
  void aPatternThatRecursesTooDeeplyIsAnErrorThatNamesIt() {
    PythonRegex regex = PythonRegex.compile("(?:a|b)*c");
    String text = "ab".repeat(1_000_000);
    assertThatThrownBy(() -> regex.findAll(text))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith("pattern '(?:a|b)*c' recurses too deeply on a text of 2000000");
  }
}
