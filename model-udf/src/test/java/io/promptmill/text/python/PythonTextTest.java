package io.promptmill.text.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.text.TextFixtures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonTextTest {

  static Stream<JsonNode> numbers() {
    return TextFixtures.lines("task/floats.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void writesFloatsAsPythonDoes(JsonNode given) {
    String bits = given.get("bits").textValue();
    double value =
        switch (bits) {
          case "nan" -> Double.NaN;
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(bits);
        };
    assertThat(PythonText.repr(value)).isEqualTo(given.get("repr").textValue());
  }

  @Test
  void stripsAndSplitsAtUnicodeWhiteSpace() {
    assertThat(PythonText.strip("\u3000\u00a0\u001c a \u0085b\u2007\n")).isEqualTo("a \u0085b");
    assertThat(PythonText.split("\u3000a\u00a0\u00a0b\u200bc ")).containsExactly("a", "b\u200bc");
    assertThat(PythonText.split(" \n")).isEmpty();
  }

  @Test
  void countsCodePoints() {
    assertThat(PythonText.length("a𠀀中")).isEqualTo(3);
  }

  @Test
  void writesOtherValuesAsPythonDoes() {
    List<Object> values = Arrays.asList(null, true, 3, "it's", "a\n", 0.5, List.of("x"));
    assertThat(PythonText.str(values)).isEqualTo("[None, True, 3, \"it's\", 'a\\n', 0.5, ['x']]");
    assertThat(PythonText.str(false)).isEqualTo("False");
  }
}
