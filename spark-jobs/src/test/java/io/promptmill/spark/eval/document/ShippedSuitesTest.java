package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.PromptDefinition;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.eval.task.TaskDefinition;
import io.promptmill.text.python.JinjaTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSuitesTest {

  private static final TaskCatalog CATALOG =
      TaskCatalog.load(List.of(), new Configuration(), new KnownScoring());

  @TempDir private Path root;

  @Test
  void everyTaskHasAVersionAReadmeAndSaysHowToGetItsFiles() {
    assertThat(CATALOG.tasks().values())
        .allSatisfy(
            task -> {
              assertThat(task.version()).isNotEqualTo("0");
              assertThat(task.dataset().howToGet()).isNotBlank();
              String folder = task.origin().replaceAll("[^/]+$", "");
              assertThat(getClass().getClassLoader().getResource(folder + "README.md")).isNotNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "ceval-valid, 52",
    "ceval-test, 52",
    "ceval-deepseek, 52",
    "ceval-opencompass, 52",
    "ceval-opencompass-gen, 52",
    "cmmlu, 67",
    "cmmlu-deepseek, 67",
    "cmmlu-opencompass, 67",
    "mmlu-deepseek, 57",
    "mmlu-opencompass, 57",
    "mmlu-opencompass-gen, 57",
    "demo, 11",
    "demo_translation, 2",
    "'gsm8k,gsm8k_cot,gsm8k_deepseek', 3",
    "ai2_arc, 2",
    "'hellaswag,winogrande,perplexity_text', 3",
    "translation, 2",
    "cmmlu_*, 67",
    "ceval-valid_*, 52"
  })
  void aNameSelectsItsOwnTasksAlone(String name, int tasks) {
    assertThat(CATALOG.select(List.of(name)).tasks()).hasSize(tasks);
  }

  @Test
  void everyFileRendersADocumentOfEverySplit() throws IOException {
    SyntheticSuites suites = new SyntheticSuites(root);
    for (TaskDefinition task : oneTaskOfEveryFile()) {
      for (String split : task.dataset().files().keySet()) {
        List<Document> documents = suites.read(task.dataset(), split);
        assertThat(documents).as(task.name()).hasSize(1);
        assertThat(example(task, documents.get(0))).as(task.name()).isNotBlank();
      }
    }
  }

  private static Collection<TaskDefinition> oneTaskOfEveryFile() {
    Map<String, TaskDefinition> byFile = new LinkedHashMap<>();
    CATALOG.tasks().values().forEach(task -> byFile.put(task.origin(), task));
    return byFile.values();
  }

  private String firstExample(String name) throws IOException {
    TaskDefinition task = CATALOG.tasks().get(name);
    Document document =
        new SyntheticSuites(root).read(task.dataset(), task.dataset().evalSplit()).get(0);
    return value(task.prompt().description(), document) + example(task, document);
  }

  /**
   * A question with its answer as an example shows it, or for differing contexts the first pair.
   */
  private static String example(TaskDefinition task, Document document) {
    PromptDefinition prompt = task.prompt();
    Object text = prompt.docToText().isEmpty() ? "" : value(prompt.docToText(), document);
    Object target = value(prompt.docToTarget(), document);
    List<?> choices = choices(prompt, document);
    if (text instanceof Long right) {
      return choices.get(Math.toIntExact(right)) + prompt.targetDelimiter() + target;
    }
    String answer = Objects.toString(target);
    if (!choices.isEmpty() && !answer.isEmpty()) {
      answer = choices.get(Integer.parseInt(answer)).toString();
    }
    return text + prompt.targetDelimiter() + answer + prompt.fewshotDelimiter();
  }

  private static List<?> choices(PromptDefinition prompt, Document document) {
    if (prompt.docToChoice() instanceof PromptDefinition.FixedChoices fixed) {
      return fixed.texts();
    }
    if (prompt.docToChoice() instanceof PromptDefinition.TemplateOfChoices one) {
      return (List<?>) value(one.template(), document);
    }
    return List.of();
  }

  private static Object value(String template, Document document) {
    return document.fields().containsKey(template)
        ? document.fields().get(template)
        : JinjaTemplate.parse(template, "test").evaluate(document.fields());
  }

  @Test
  void mmluReadsAsTheHarnessAndOpenCompassPrintIt() throws IOException {
    String options = "\nA. one\nB. two\nC. three\nD. four\n4\nAnswer: B\n\n";

    assertThat(firstExample("mmlu_machine_learning"))
        .isEqualTo(
            "The following are multiple choice questions (with answers) about machine learning.\n\nWhat, then?"
                + options);
    assertThat(firstExample("mmlu-deepseek_machine_learning"))
        .isEqualTo(firstExample("mmlu_machine_learning"));
    assertThat(firstExample("mmlu-opencompass_machine_learning"))
        .isEqualTo(
            "The following are multiple choice questions (with answers) about  machine learning.\n\n What, then?"
                + options);
    assertThat(firstExample("mmlu-opencompass-gen_machine_learning"))
        .endsWith(
            "before answering.\n\n What, then?\n\nA) one\nB) two\nC) three\nD) four\n4 B\n\n");
  }

  @Test
  void cevalReadsAsItsSourcesPrintIt() throws IOException {
    String options = "\nA. 甲\nB. 乙\nC. 丙\nD. 丁\n";

    assertThat(firstExample("ceval-valid_law"))
        .isEqualTo("以下是中国关于法学的单项选择题，请选出其中的正确答案。\n\n哪个？" + options + "答案： C\n\n");
    assertThat(firstExample("ceval-deepseek_law"))
        .isEqualTo("以下是中国关于法学考试的单项选择题，请选出其中的正确答案。\n 哪个？" + options + "答案：C\n");
    assertThat(firstExample("ceval-opencompass_law"))
        .isEqualTo("以下是中国关于法学考试的单项选择题，请选出其中的正确答案。\n 哪个？" + options + "答案: \nC\n");
    assertThat(firstExample("ceval-opencompass-gen_law"))
        .isEqualTo(firstExample("ceval-opencompass_law"));
  }

  @Test
  void cmmluReadsAsItsSourcesPrintIt() throws IOException {
    String options = "\nA. 甲\nB. 乙\nC. 丙\nD. 丁\n";

    assertThat(firstExample("cmmlu_agronomy"))
        .isEqualTo("以下是关于农学的单项选择题，请直接给出正确答案的选项。\n\n哪个？" + options + "答案： D\n\n");
    assertThat(firstExample("cmmlu-deepseek_agronomy"))
        .isEqualTo("以下是关于农学的单项选择题，请直接给出正确答案的选项。\n题目： 哪个？" + options + "答案是：D\n");
    assertThat(firstExample("cmmlu-opencompass_agronomy"))
        .isEqualTo("以下是关于农学的单项选择题，请直接给出正确答案的选项。\n题目： 哪个？" + options + "答案是: D\n");
  }

  @Test
  void aTestQuestionWithoutAnswerHasAnEmptyTarget() throws IOException {
    TaskDefinition task = CATALOG.tasks().get("ceval-test_law");
    String row =
        "{\"id\": 0, \"question\": \"哪个？\", \"A\": \"1\", \"B\": \"2\", \"C\": \"3\", \"D\": \"4\"}\n";
    String answered = row.replace("}", ", \"answer\": \"B\"}");
    SyntheticSuites suites = new SyntheticSuites(root);

    Document unlabelled = suites.fromOneFile(task.dataset(), "test", row).get(0);
    Document labelled = suites.fromOneFile(task.dataset(), "test", answered).get(0);

    assertThat(unlabelled.fields()).containsEntry("id", 0L).containsEntry("answer", "");
    assertThat(value(task.prompt().docToTarget(), unlabelled)).isEqualTo("");
    assertThat(value(task.prompt().docToTarget(), labelled)).isEqualTo(1L);
  }

  @Test
  void gsm8kExamplesEndAsTheirFiltersExpect() throws IOException {
    assertThat(firstExample("gsm8k")).isEqualTo("Question: 1 + 1?\nAnswer: Two.\n#### 2\n\n");
    for (String name : List.of("gsm8k_cot", "gsm8k_deepseek")) {
      TaskDefinition task = CATALOG.tasks().get(name);
      assertThat(task.fewShot().samples()).hasSize(8);
      assertThat(task.numFewshot()).hasValue(8);
      assertThat(task.fewShot().samples())
          .allSatisfy(
              sample ->
                  assertThat(example(task, sample)).matches("(?s)Q: .*The answer is \\d+\\.\n\n"));
    }
  }

  @Test
  void arcReadsTheOriginalFilesAndTheHubs() throws IOException {
    TaskDefinition task = CATALOG.tasks().get("arc_challenge");
    SyntheticSuites suites = new SyntheticSuites(root);
    String hub =
        "{\"id\": \"x1\", \"question\": \"Which?\", \"choices\": {\"text\": [\"sun\", \"moon\", \"sea\"],"
            + " \"label\": [\"A\", \"B\", \"C\"]}, \"answerKey\": \"C\"}\n";

    assertThat(firstExample("arc_challenge")).isEqualTo("Question: Which?\nAnswer: sea\n\n");
    assertThat(suites.read(task.dataset(), "test"))
        .isEqualTo(suites.fromOneFile(task.dataset(), "test", hub));
  }

  @Test
  void hellaswagDocumentsAreThoseOfTheHarness() throws IOException {
    TaskDefinition task = CATALOG.tasks().get("hellaswag");
    Map<String, Object> fields =
        new SyntheticSuites(root).read(task.dataset(), "val").get(0).fields();

    assertThat(fields.keySet())
        .containsExactly(
            "ind",
            "activity_label",
            "ctx_a",
            "ctx_b",
            "ctx",
            "endings",
            "source_id",
            "split",
            "split_type",
            "label",
            "query",
            "choices",
            "gold");
    assertThat(fields)
        .containsEntry("ind", 24L)
        .containsEntry("label", "2")
        .containsEntry("gold", 2L)
        .containsEntry("query", "Baking bread:  How to bake. Mix flour. Then the dough")
        .containsEntry(
            "choices", List.of("rises.  It waits.", " falls. down.", "is\u00a0eaten  .", ""));
    assertThat(firstExample("hellaswag")).endsWith("the dough is\u00a0eaten  .\n\n");
  }

  @Test
  void winograndeFillsTheFirstBlank() throws IOException {
    assertThat(firstExample("winogrande")).isEqualTo("Ann met Eve because Eve was there. _ left.");
  }

  @Test
  void translationTakesEveryUsualNameOfItsColumns() throws IOException {
    TaskDefinition task = CATALOG.tasks().get("translation_zh_en");
    SyntheticSuites suites = new SyntheticSuites(root);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("source", "你好。");
    expected.put("target", "Good day.");

    assertThat(suites.read(task.dataset(), "test")).containsExactly(new Document(expected));
    assertThat(
            suites.fromOneFile(
                task.dataset(), "test", "{\"source\": \"你好。\", \"target\": \"Good day.\"}"))
        .containsExactly(new Document(expected));
    assertThat(
            suites.fromOneFile(
                task.dataset(),
                "test",
                "{\"translation\": {\"zh\": \"你好。\", \"en\": \"Good day.\"}}"))
        .containsExactly(new Document(expected));
  }
}
