package io.promptmill.spark.eval.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.FewShotDefinition;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.PromptDefinition.Choices;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptBuilderTest {

  private static final PromptOptions CHAT =
      new PromptOptions(OptionalInt.empty(), true, true, "", 1234);

  private static TaskDefinition task(
      String target, Choices choices, String genPrefix, String sampler, boolean excludes) {
    PromptDefinition prompt =
        new PromptDefinition("", "{{q}}", target, choices, " ", "\n\n", genPrefix);
    return new TaskDefinition(
        "sums",
        "sums",
        List.of(),
        "1",
        OutputType.MULTIPLE_CHOICE,
        new DatasetDefinition("sums", Map.of(), List.of(), Map.of(), "test", ""),
        prompt,
        new FewShotDefinition("dev", excludes, sampler, List.of(), prompt),
        OptionalInt.of(2),
        Map.of(),
        1,
        List.of(),
        List.of(),
        "sums.yaml");
  }

  private static List<Document> documents(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Document(Map.of("q", "q" + i, "a", (long) i, "list", List.of("x"))))
        .toList();
  }

  private static final Choices LETTERS = new PromptDefinition.FixedChoices(List.of("A", "B"));

  @Test
  void namesTheTaskThatHasTooFewExamples() {
    assertThatThrownBy(
            () ->
                new PromptBuilder(
                        task("a", LETTERS, "", "default", true),
                        documents(1),
                        documents(2),
                        PromptOptions.DEFAULT)
                    .items())
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessage("task sums: 2 examples need 3 documents to take them from, found 2");
    assertThatThrownBy(
            () ->
                new PromptBuilder(
                        task("a", LETTERS, "", "first_n", false),
                        documents(1),
                        documents(1),
                        PromptOptions.DEFAULT)
                    .items())
        .hasMessage("task sums: 2 examples need 2 documents to take them from, found 1");
  }

  @Test
  void refusesTextThatAChatTemplateCannotContinue() {
    assertThatThrownBy(
            () ->
                new PromptBuilder(
                    task("a", LETTERS, "So", "first_n", false), documents(1), documents(2), CHAT))
        .hasMessageContaining("task sums in sums.yaml has 'gen_prefix'");
  }

  @Test
  void namesTheTemplateOfAnAnswerThatIsNone() {
    for (String target : List.of("list", "{{list}}")) {
      assertThatThrownBy(() -> items(target, LETTERS))
          .hasMessageContaining("'doc_to_target' of task sums in sums.yaml must give one answer");
    }
    assertThatThrownBy(() -> items("5", LETTERS))
        .hasMessageContaining("must give an index below 2, found 5");
    assertThatThrownBy(() -> items("{{b}}", LETTERS))
        .hasMessage(
            "example document 0: template 'doc_to_target' of task sums in sums.yaml: 'b' is undefined");
    assertThatThrownBy(() -> items("a", new PromptDefinition.TemplateOfChoices("{{q}}")))
        .hasMessageContaining("'doc_to_choice' of task sums in sums.yaml must give one expression")
        .hasMessageContaining("found q0");
  }

  private static void items(String target, Choices choices) {
    new PromptBuilder(
            task(target, choices, "", "first_n", false),
            documents(1),
            documents(2),
            PromptOptions.DEFAULT)
        .items();
  }

  @Test
  void hasNoItemsWithoutDocuments() {
    assertThat(
            new PromptBuilder(
                    task("a", LETTERS, "", "first_n", false),
                    List.of(),
                    List.of(),
                    PromptOptions.DEFAULT)
                .items())
        .isEmpty();
  }
}
