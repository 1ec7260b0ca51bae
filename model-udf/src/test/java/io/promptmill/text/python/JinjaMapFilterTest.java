package io.promptmill.text.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values are those of Jinja2 3.1.6. */
class JinjaMapFilterTest {

  private static final Map<String, Object> FIELDS =
      Map.of(
          "words", List.of(" one", "two two "),
          "options",
              List.of(
                  Map.of("text", "x", "at", List.of(7L)), Map.of("text", "y", "at", List.of(8L))));

  @Test
  void takesAnAttributeOfEachElement() {
    assertThat(evaluate("{{ options | map(attribute='text') | list }}"))
        .isEqualTo(List.of("x", "y"));
    assertThat(evaluate("{{ options | map(attribute='at.0') | list }}")).isEqualTo(List.of(7L, 8L));
  }

  @Test
  void sendsEachElementThroughAFilterWithItsArguments() {
    assertThat(evaluate("{{ words | map('trim') | list }}")).isEqualTo(List.of("one", "two two"));
    assertThat(evaluate("{{ words | map('replace', 'two', '2', count=1) | join('-') }}"))
        .isEqualTo(" one-2 two ");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> evaluate("{{ options | map(attribute='label') | list }}"))
        .hasMessageContaining("'label'");
    assertThatThrownBy(() -> evaluate("{{ words | map('shout') | list }}"))
        .hasMessageContaining("unknown filter 'shout'");
    assertThatThrownBy(() -> evaluate("{{ words | map }}")).hasMessageContaining("attribute");
  }

  private static Object evaluate(String template) {
    return JinjaTemplate.parse(template, "test").evaluate(FIELDS);
  }
}
