package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPatternTest {

  @Test
  void cutsAsOnigurumaInTheTokenizersLibrary() {
    List<JsonNode> rows = TextFixtures.lines("tokenizer/cuts.jsonl");
    JsonNode texts = rows.get(0).get("texts");
    for (JsonNode row : rows.subList(1, rows.size())) {
      SplitPattern pattern = SplitPattern.compile(row.get("pattern").textValue());
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i).textValue();
        assertThat(lengths(text, cut(pattern, text)))
            .as("%s on %s", row.get("name"), texts.get(i))
            .containsExactly(TextFixtures.ints(row.get("lengths").get(i)));
      }
    }
  }

  @Test
  void literalMatchesItself() {
    assertThat(cut(SplitPattern.literal("a+😀"), "xa+😀a+😀y"))
        .containsExactly("x", "a+😀", "a+😀", "y");
  }

  @Test
  void seesTheEndOfTheRangeAsTheEndOfTheText() {
    Spans parts = new Spans();
    SplitPattern.compile("\\s+$").cut("ab  cd", 1, 4, true, false, parts);
    assertThat(parts.size()).isEqualTo(1);
    assertThat(parts.start(0)).isEqualTo(2);
    assertThat(parts.end(0)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\s+$", "\\s?[a-z]+", "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+", "[^\\n]+$|\\p{L}+|b"})
  void takesLinearTimeAndConstantStackOnLongRuns(String regex) {
    SplitPattern pattern = SplitPattern.compile(regex);
    for (String unit : List.of(" ", "a", "a ", "字", "\n", "😀")) {
      String text = unit.repeat(1_000_000 / unit.length()) + "~";
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> assertThat(String.join("", cut(pattern, text))).isEqualTo(text));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a*~empty string",
        "a|~empty string",
        "(?=a)~empty string",
        "a+?~unsupported quantifier at index 2",
        "(ab)+~unsupported quantifier on a group at index 4",
        "a{2,1}~malformed quantifier",
        ".~unsupported '.' at index 0",
        "^a~unsupported '^' at index 0",
        "(?<=a)b~unsupported group at index 0",
        "(?<name>b)~unsupported group at index 0",
        "(a~missing ')'",
        "a)~unmatched ')' at index 1",
        "[a~ends too early at index 2",
        "[[:alpha:]]~unsupported nested class at index 1",
        "[a-z&&b]~unsupported nested class",
        "[z-a]~range out of order",
        "\\w~unsupported escape at index 0",
        "\\1~unsupported escape",
        "\\bx~unsupported escape",
        "\\p{Nonsense}~unknown property",
        "\\p{L~missing '}'",
        "(?i:[a-z])~unsupported class under (?i:",
        "\\x{110000}~malformed code point",
      })
  void refusesWhatItCannotReadInTheSameSense(String regex, String problem) {
    assertThatThrownBy(() -> SplitPattern.compile(regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesDeepNesting() {
    String regex = "(".repeat(100_000) + "a" + ")".repeat(100_000);
    assertThatThrownBy(() -> SplitPattern.compile(regex)).hasMessageContaining("nested deeper");
  }

  private static List<String> cut(SplitPattern pattern, String text) {
    Spans parts = new Spans();
    pattern.cut(text, 0, text.length(), true, true, parts);
    List<String> result = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      result.add(text.substring(parts.start(i), parts.end(i)));
    }
    return result;
  }

  private static int[] lengths(String text, List<String> parts) {
    assertThat(String.join("", parts)).isEqualTo(text);
    return parts.stream().mapToInt(part -> part.codePointCount(0, part.length())).toArray();
  }
}
