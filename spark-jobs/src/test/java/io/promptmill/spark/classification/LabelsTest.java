package io.promptmill.spark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
  private static final List<Label> BILLING =
      List.of(new Label("billing", "invoices, and \"fees\"", "A"), new Label("other", "", "other"));

  private static Labels ofOptions(String... labels) {
    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.CLASSIFY, Map.of("--label", List.of(labels)), Map.of());
    return Labels.of(conf, 2, Configuration::new);
  }

  @Test
  void ofOptionsHaveADescriptionAfterTheFirstEqualsSign() {
    assertThat(ofOptions("a = x = 1", "b").all())
        .containsExactly(new Label("a", "x = 1", "a"), new Label("b", "", "b"));
  }

  @Test
  void areDifferentNotEmptyAndTwoAtLeast() {
    assertThatThrownBy(() -> ofOptions("a"))
        .hasMessage("--label: expected at least 2, found 1; one alone is certain");
    assertThatThrownBy(() -> ofOptions("a", "a=again"))
        .hasMessage("--label: expected different names, found 'a' twice");
    assertThatThrownBy(() -> ofOptions("a", "=b"))
        .hasMessage("--label: expected a name, found none in '=b'");
  }

  @Test
  void areNestedWhereOneAnswerBeginsAnother() {
    assertThat(ofOptions("loan", "credit card", "credit").nested()).isTrue();
    assertThat(ofOptions("loan", "card", "credit").nested()).isFalse();
  }

  @Test
  void comeFromJsonLinesCsvAndYaml() {
    assertThat(
            LabelFile.parse(
                "l.jsonl",
                """
                {"name":"billing","description":"invoices, and \\"fees\\"","answer":"A"}

                {"name":"other","description":null}
                """))
        .isEqualTo(BILLING);
    assertThat(
            LabelFile.parse(
                "l.csv",
                """
                name,description,answer
                billing,"invoices, and ""fees""\",A
                other,,
                """))
        .isEqualTo(BILLING);
    assertThat(
            LabelFile.parse(
                "l.yaml",
                """
                - name: billing
                  description: invoices, and "fees"
                  answer: A
                - other
                """))
        .isEqualTo(BILLING);
  }

  @Test
  void mayBeAJsonArray() {
    assertThat(
            LabelFile.parse(
                "l.json",
                """
                [
                  {"name": "billing", "description": "invoices, and \\"fees\\"", "answer": "A"},
                  {"name": "other"}
                ]
                """))
        .isEqualTo(BILLING);
    assertThat(LabelFile.parse("l.json", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"))
        .containsExactly(Label.named("a"), Label.named("b"));
  }

  @ParameterizedTest
  @CsvSource({"l.csv, 'name\na\n'", "l.jsonl, '{\"name\":\"a\"}'", "l.yaml, - a"})
  void mayBeginWithAByteOrderMark(String file, String text) {
    assertThat(LabelFile.parse(file, "\ufeff" + text)).containsExactly(Label.named("a"));
  }

  @Test
  void haveNoWhiteSpaceAround() {
    assertThat(LabelFile.parse("l.csv", "name\n\u3000a\u00a0b\u00a0\t\n"))
        .containsExactly(Label.named("a\u00a0b"));
    assertThat(ofOptions("\u00a0a =b", "c\u3000").names()).containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          l.jsonl | {"name":"a"}~nonsense          | l.jsonl:2: expected a JSON object, found
          l.jsonl | {"name":"a"}~[1]               | l.jsonl:2: expected a JSON object, found [1]
          l.jsonl | {"name":3}                     | l.jsonl:1: name: expected a text, found 3
          l.jsonl | {"name":" "}                   | l.jsonl:1: expected a label's name, found none
          l.jsonl | {"name":"a","descripton":"x"}  | l.jsonl:1: expected name, description and answer, found 'descripton' (did you mean 'description'?)
          l.csv   | name,note~a,b                  | l.csv:2: expected name, description and answer, found 'note'
          l.csv   | name,answer~a,b~c              | l.csv:3: expected 2 fields, found 1
          l.json  | [~{"name":"a"},~{"name":3}]    | l.json:3: name: expected a text, found 3
          l.json  | [~{"name":"a"}~                | l.json:3: expected a JSON array, found: Unexpected end-of-input
          l.json  | [{"name":"a"}]~[]              | l.json:2: expected one JSON array, found more after it
          l.jsonl | {"name":"a"} {"name":"b"}      | l.jsonl:1: expected a JSON object, found: Trailing token
          l.csv   | name~a~"b"c~d                  | l.csv:3: expected CSV with a header, found
          l.csv   | name~a~"b~c                    | l.csv:3: expected CSV with a header, found
          l.csv   | name,name~a,b                  | l.csv:1: expected CSV with a header, found
          l.yaml  | - a~- b\001b                   | l.yaml:2: not YAML: it allows no character U+0001
          l.csv   | description~a                  | l.csv:2: expected a label's name, found none
          l.yaml  | - a~- [b]                      | l.yaml:2: expected a name, or name, description and answer
          l.yaml  | - a~- {name: b~- c             | l.yaml:3: not YAML
          l.yaml  | name: a                        | l.yaml:1: expected a list of labels
          l.txt   | a                              | expected a file that ends in .jsonl, .json, .csv or .yaml, found 'l.txt'
          """)
  void ofAFileThatIsWrongNameFileAndLine(String file, String text, String message) {
    assertThatThrownBy(() -> LabelFile.parse(file, text.replace('~', '\n')))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith("--labels: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("Source:");
  }
}
