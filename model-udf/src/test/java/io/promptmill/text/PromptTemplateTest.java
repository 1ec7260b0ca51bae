package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTemplateTest {

  private static final Map<String, String> ROW =
      Map.of(
          "question", "Why?", "a b.c", "spaced", "braces", "{question} {{ }} %s $1", "empty", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "Q: {question} A:~Q: Why? A:",
        "no columns~no columns",
        "{question}{question}~Why?Why?",
        "{{question}}~{question}",
        "{{{question}}}~{Why?}",
        "{{}}~{}",
        "{{{{~{{",
        "json: {{\"q\": \"{question}\"}}~json: {\"q\": \"Why?\"}",
        "{a b.c}~spaced",
        "{braces}~{question} {{ }} %s $1",
        "[{empty}]~[]",
        "``~``",
      })
  void putsColumnsIn(String template, String prompt) {
    assertThat(PromptTemplate.parse(template).render(ROW::get)).isEqualTo(prompt);
  }

  @Test
  void keepsLineEnds() {
    assertThat(PromptTemplate.parse("Question: {question}\nAnswer:").render(ROW::get))
        .isEqualTo("Question: Why?\nAnswer:");
  }

  @Test
  void listsItsColumnsOnceInOrder() {
    assertThat(PromptTemplate.parse("{b}{a}{{c}}{b} {d}").columns()).containsExactly("b", "a", "d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a{b~'{' without '}'~1",
        "ab}~'}' without '{'~2",
        "{a{b}}~'{' without '}'~0",
        "{a}}~'}' without '{'~3",
        "{{a}~'}' without '{'~3",
        "{}~'{}' without a column name~0",
        "x{ }~'{}' without a column name~1",
        "{~'{' without '}'~0",
      })
  void namesThePositionOfAnUnbalancedBrace(String template, String problem, int index) {
    assertThatThrownBy(() -> PromptTemplate.parse(template))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining(problem)
        .hasMessageContaining("at index " + index + " of \"" + template + "\"");
  }

  @Test
  void namesTheColumnThatIsNull() {
    assertThatThrownBy(() -> PromptTemplate.parse("{question} {missing}").render(ROW::get))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TEMPLATE_FAILED))
        .hasMessage("prompt template needs a value in column missing, found null");
  }
}
