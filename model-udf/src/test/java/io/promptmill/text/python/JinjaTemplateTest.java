package io.promptmill.text.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.TextFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JinjaTemplateTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private static final Map<String, Object> DOCUMENT = document();

  private static Map<String, Object> document() {
    try (InputStream in = JinjaTemplateTest.class.getResourceAsStream("/text/task/document.json")) {
      return JSON.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> renderings() {
    return TextFixtures.lines("task/renderings.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void rendersAsJinja2(JsonNode row) {
    String source = row.get("template").textValue();
    if (row.has("text")) {
      assertThat(JinjaTemplate.parse(source, "a test").render(DOCUMENT))
          .as(source)
          .isEqualTo(row.get("text").textValue());
    } else {
      assertThatThrownBy(() -> JinjaTemplate.parse(source, "a test").render(DOCUMENT))
          .as(source)
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TEMPLATE_FAILED))
          .hasMessageStartingWith("template a test: ");
    }
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void evaluatesOneExpressionToItsValue(JsonNode row) throws IOException {
    if (row.has("value")) {
      String source = row.get("template").textValue();
      JinjaTemplate template = JinjaTemplate.parse(source, "a test");
      assertThat(template.isExpression()).as(source).isTrue();
      assertThat(JSON.readTree(JSON.writeValueAsString(template.evaluate(DOCUMENT))))
          .as(source)
          .isEqualTo(JSON.readTree(row.get("value").toString()));
    }
  }

  @Test
  void namesWhatIsUndefinedAndWhere() {
    JinjaTemplate template = JinjaTemplate.parse("{{answer}} {{querry}}", "x.yaml:3 doc_to_text");
    assertThatThrownBy(() -> template.render(DOCUMENT))
        .hasMessage("template x.yaml:3 doc_to_text: 'querry' is undefined");
    assertThatThrownBy(
            () -> JinjaTemplate.parse("{{options.lable}}", "x.yaml:4 tag").render(DOCUMENT))
        .hasMessageContaining("x.yaml:4 tag")
        .hasMessageContaining("'lable' is not in the value, which has [text, label]");
  }

  @Test
  void refusesMalformedTemplatesWhenTheyAreParsed() {
    for (String source : List.of("{% if flag %}x", "{{'open}}", "{{1 +}}", "{{a|nosuch}}")) {
      assertThatThrownBy(() -> JinjaTemplate.parse(source, "a test"))
          .as(source)
          .isInstanceOf(PromptmillException.class);
    }
  }

  @Test
  void textWithExpressionsIsNotOneExpression() {
    for (String source : List.of(" {{answer}}", "{{answer}}\n", "{{answer}}{{answer}}", "x", "")) {
      JinjaTemplate template = JinjaTemplate.parse(source, "a test");
      assertThat(template.isExpression()).as(source).isFalse();
      assertThat(template.evaluate(DOCUMENT)).isEqualTo(template.render(DOCUMENT));
    }
  }

  @Test
  void neverReadsValuesAsTemplates() {
    JinjaTemplate template = JinjaTemplate.parse("{{text}}", "a test");
    String text = "{{ 7*7 }}{% set x = 1 %}{# gone #}{% raw %}";
    assertThat(template.render(Map.of("text", text))).isEqualTo(text);
  }

  @Test
  void sharesOneInstanceBetweenThreads() {
    JinjaTemplate template =
        JinjaTemplate.parse("{% for i in range(3) %}{{n}}{{i}} {% endfor %}", "a test");
    List<String> texts =
        IntStream.range(0, 500).parallel().mapToObj(n -> template.render(Map.of("n", n))).toList();
    for (int n = 0; n < texts.size(); n++) {
      assertThat(texts.get(n)).isEqualTo("%d0 %d1 %d2 ".formatted(n, n, n));
    }
  }
}
