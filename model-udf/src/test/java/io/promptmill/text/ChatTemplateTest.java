package io.promptmill.text;

import static io.promptmill.text.ChatFixtures.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {

  static Stream<JsonNode> renderings() {
    return TextFixtures.lines("chat/renderings.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void rendersAsJinja2(JsonNode row) {
    String name = row.get("template").textValue();
    ChatTemplate template = ChatFixtures.template(name);
    List<ChatMessage> messages = ChatFixtures.conversation(row.get("conversation").textValue());
    boolean generate = row.get("generate").booleanValue();
    if (row.has("text")) {
      assertThat(template.render(messages, generate))
          .as("%s on %s", name, row.get("conversation"))
          .isEqualTo(row.get("text").textValue());
    } else {
      assertThatThrownBy(() -> template.render(messages, generate))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TEMPLATE_FAILED))
          .hasMessageContaining("chat template of " + name)
          .hasMessageContaining(row.get("error").textValue());
    }
  }

  @Test
  void neverReadsTextOfMessagesAsTemplate() {
    ChatTemplate template = ChatFixtures.template("deepseek-v2.jinja");
    String text = "{{ 7*7 }}{% set x = 1 %}{# gone #}{{ bos_token }}{% raw %}";
    assertThat(template.render(turns(text), false))
        .isEqualTo(TextFixtures.BOS + "User: " + text + "\n\n");
  }

  @Test
  void rendersLongTexts() {
    String text = "line {\n".repeat(500_000);
    assertThat(ChatFixtures.template("deepseek-v2.jinja").render(turns(text), false))
        .hasSize(text.length() + TextFixtures.BOS.length() + "User: \n\n".length());
  }

  @Test
  void rendersManyTurns() {
    String[] contents = IntStream.range(0, 3000).mapToObj(i -> "turn " + i).toArray(String[]::new);
    assertThat(ChatFixtures.template("chatml.jinja").render(turns(contents), true))
        .contains("<|im_start|>assistant\nturn 2999<|im_end|>\n");
  }

  @Test
  void sharesOneInstanceBetweenThreads() {
    ChatTemplate template = ChatFixtures.template("reasoning.jinja");
    List<String> texts =
        IntStream.range(0, 500)
            .parallel()
            .mapToObj(i -> template.render(turns("question " + i), true))
            .toList();
    for (int i = 0; i < texts.size(); i++) {
      assertThat(texts.get(i)).contains("user\nquestion " + i + "<|im_end|>");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ raise_exception('no ' + messages[0].role) }}~no user",
        "{{ strftime_now('%d %b %Y') }}~strftime_now",
        "{{ messages[0].content.title() }}~string method title with 0 arguments is not supported",
        "{{ messages[0].content.zfill(9) }}~string method zfill with 1 arguments",
        "{{ messages | nonsense }}~unknown filter nonsense",
        "{% if messages is nonsense %}x{% endif %}~unknown test nonsense",
        "{{ nonsense(1) }}~nonsense",
        "{% nonsense %}~nonsense",
        "{{ messages[::-1] }}~messages[::-1]",
        "{% include 'other' %}~include",
        "{% import 'other' as x %}~import",
        "{% if true %}x~if",
        "{% for m in messages %}x~for",
        "{{ 1 + }}~1 +",
        "{{ 'open }}~Unclosed",
      })
  void failsOnWhatItCannotEvaluate(String source, String problem) {
    assertThatThrownBy(
            () -> ChatFixtures.templateOf(source, "a checkpoint").render(turns("text"), true))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TEMPLATE_FAILED))
        .hasMessageContaining("chat template of a checkpoint failed on 1 messages: ")
        .hasMessageContaining(problem);
  }

  @Test
  void findsTheTemplateOfTheConfig() {
    String text =
        ChatTemplate.parse("{\"chat_template\": \"a{{ eos_token }}\"}", "x")
            .get()
            .render(turns("t"), true);
    assertThat(text).isEqualTo("a");
    assertThat(ChatTemplate.parse("{}", "x")).isEmpty();
    assertThat(ChatTemplate.parse("{\"chat_template\": null}", "x")).isEmpty();
  }

  @Test
  void takesTheDefaultOfSeveralTemplates() {
    String config =
        """
        {"chat_template": [{"name": "tool_use", "template": "no"},
                           {"name": "default", "template": "yes{{ eos_token }}"}],
         "eos_token": "<end>"}
        """;
    assertThat(ChatTemplate.parse(config, "x").get().render(turns("t"), true))
        .isEqualTo("yes<end>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[{\"name\": \"rag\", \"template\": \"x\"}]", "[{\"name\": \"default\"}]", "5"})
  void refusesAMalformedTemplateField(String field) {
    assertThatThrownBy(() -> ChatTemplate.parse("{\"chat_template\": " + field + "}", "x"))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContaining("x/tokenizer_config.json, field chat_template");
  }
}
