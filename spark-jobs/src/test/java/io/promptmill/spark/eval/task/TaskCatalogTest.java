package io.promptmill.spark.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCatalogTest {

  private static final String TASK =
      """
      task: sums
      dataset:
        suite: sums
        files: {dev: dev.jsonl, test: [test.jsonl, test.csv]}
      output_type: generate_until
      test_split: test
      fewshot_split: dev
      doc_to_text: "{{q}}="
      doc_to_target: "{{a}}"
      """;

  @TempDir Path folder;

  private TaskCatalog load(String... filesWithText) throws IOException {
    for (int i = 0; i < filesWithText.length; i += 2) {
      Path file = folder.resolve(filesWithText[i]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, filesWithText[i + 1]);
    }
    return TaskCatalog.of(
        new LinkedHashSet<>(TaskSource.at(folder.toUri().toString(), new Configuration(false))),
        new FakeScoring());
  }

  @Test
  void fillsWhatAFileLeavesOpenAsTheHarnessDoes() throws IOException {
    TaskDefinition task = load("sums.yaml", TASK).tasks().get("sums");
    assertThat(task.alias()).isEqualTo("sums");
    assertThat(task.version()).isEqualTo("0");
    assertThat(task.numFewshot()).isEqualTo(OptionalInt.empty());
    assertThat(task.prompt().targetDelimiter()).isEqualTo(" ");
    assertThat(task.prompt().fewshotDelimiter()).isEqualTo("\n\n");
    assertThat(task.generationKwargs())
        .isEqualTo(
            Map.of(
                "temperature",
                0.0,
                "do_sample",
                false,
                "max_gen_toks",
                256L,
                "until",
                List.of("\n\n")));
    assertThat(task.filters())
        .containsExactly(
            new FilterPipeline("none", List.of(new FilterPipeline.Step("take_first", Map.of()))));
    assertThat(task.metrics()).extracting(MetricDefinition::metric).containsExactly("exact_match");
    assertThat(task.dataset().files().get("test")).containsExactly("test.jsonl", "test.csv");
    assertThat(task.fewShot().sampler()).isEqualTo("default");
    assertThat(task.origin()).endsWith("/sums.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "doc_to_txt: x~:10: unknown key 'doc_to_txt' (did you mean 'doc_to_text'?); allowed: ",
        "num_fewshot: many~:10: 'num_fewshot' must be a whole number of at least 0, found 'many'",
        "num_fewshot: -1~:10: 'num_fewshot' must be a whole number of at least 0",
        "description: [a]~:10: 'description' must be text, found a list",
        "description: yes~:10: 'description' must be text (quote it), found ",
        "gen_prefix: '{{a'~:10: template 'gen_prefix'",
        "description: '{{a|shout}}'~:10: template 'description': unknown filter 'shout'; known: abs",
        "process_docs: !function utils.f~:10: key 'process_docs' of lm-evaluation-harness has no",
        "gen_prefix: !function utils.f~:10: 'gen_prefix' calls Python",
        "include: other.yaml~:10: included file 'other.yaml' is not there, looked at ",
        "filter_list: [{name: a, filter: [{function: regx}]}]~:10: unknown filter 'regx'",
        "filter_list: [{name: a, filters: []}]~:10: unknown key 'filter_list[0].filters'",
        "filter_list: []~:10: 'filter_list' must be a list with at least one entry",
        "metric_list: [{metric: accc}]~:10: unknown metric 'accc'",
        "metric_list: [{aggregation: mean}]~:10: key 'metric' is missing in 'metric_list[0]'",
        "fewshot_config: {sampler: best}~:10: 'fewshot_config.sampler' must be one of default, first_n",
        "fewshot_config: {samples: []}~:7: give 'fewshot_split' or 'fewshot_config.samples'",
        "doc_to_text: again~:10: key 'doc_to_text' stands twice",
        "repeats: 0~:10: 'repeats' must be a whole number of at least 1",
        "a: [b~:11: not YAML",
      })
  void namesFileAndLineOfAMistake(String line, String problem) {
    assertThatThrownBy(() -> load("sums.yaml", TASK + line + "\n"))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("/sums.yaml" + problem);
  }

  @Test
  void refusesASplitWithoutFiles() {
    assertThatThrownBy(() -> load("sums.yaml", TASK.replace("test_split: test", "test_split: val")))
        .hasMessageContaining(
            "/sums.yaml:6: 'test_split' must be a split of dataset.files: dev, test, found 'val'");
  }

  @Test
  void namesTheKeyThatIsMissing() {
    assertThatThrownBy(() -> load("sums.yaml", TASK.replace("output_type", "#")))
        .hasMessageContaining("/sums.yaml:1: key 'output_type' is missing");
    assertThatThrownBy(() -> load("sums.yaml", TASK.replace("suite: sums", "how_to_get: x")))
        .hasMessageContaining("/sums.yaml:3: key 'suite' is missing in 'dataset'");
  }

  @Test
  void ownKeysWinOverIncludedOnesThroughAChain() throws IOException {
    TaskCatalog catalog =
        load(
            "base/_a.yaml", TASK + "version: 1\nnum_fewshot: 2\n",
            "base/_b.yaml", "include: _a.yaml\nversion: 2\nnum_fewshot: null\n",
            "sums.yaml", "include: base/_b.yaml\ntask: more\ndescription: D\n");
    TaskDefinition task = catalog.tasks().get("more");
    assertThat(catalog.tasks()).containsOnlyKeys("more");
    assertThat(task.version()).isEqualTo("2");
    assertThat(task.numFewshot()).isEmpty();
    assertThat(task.prompt().description()).isEqualTo("D");
    assertThat(task.prompt().docToText()).isEqualTo("{{q}}=");
  }

  @Test
  void includesPackagedFiles() throws IOException {
    TaskCatalog catalog =
        load(
            "m.yaml", "include: promptmill:mmlu/mmlu.yaml\ntask: mine_{subject}\nnum_fewshot: 1\n");
    assertThat(catalog.tasks()).hasSize(57).containsKey("mine_abstract_algebra");
    assertThat(catalog.groups()).isEmpty();
  }

  @Test
  void aMistakeInAnIncludedFileIsNamedThere() {
    assertThatThrownBy(
            () -> load("_a.yaml", TASK + "repeats: 0\n", "sums.yaml", "include: _a.yaml\n"))
        .hasMessageContaining("/_a.yaml:10: 'repeats'");
  }

  @Test
  void refusesIncludesInACircle() {
    assertThatThrownBy(
            () -> load("a.yaml", "include: b.yaml\n", "b.yaml", "task: x\ninclude: a.yaml\n"))
        .hasMessageContaining("/b.yaml:2: files include each other in a circle: ")
        .hasMessageContaining("a.yaml includes ");
  }

  @Test
  void refusesANameThatIsTaken() {
    assertThatThrownBy(() -> load("a.yaml", TASK, "b.yaml", TASK))
        .hasMessageContaining("/b.yaml: name 'sums' is taken by ")
        .hasMessageContaining("/a.yaml");
  }

  private TaskCatalog family() throws IOException {
    return load(
        "f.yaml",
        TASK.replace("task: sums", "task: f_{subject}\ntag: [\"f_{kind}\", all_f]")
            + """
            description: "{words} {{q}} {unknown}"
            subjects:
              one_x: {kind: odd}
              two: {kind: even, words: the second}
              three: {kind: odd}
            groups:
              - group: f
                task: [f_evens, f_odd]
                aggregate_metric_list:
                  - metric: exact_match
              - group: f_evens
                group_alias: evens
                task: f_even
                version: 3
            """,
        "g.yaml",
        "group: g\ntask: [f, f_two]\n");
  }

  @Test
  void readsOneFileForEachSubject() throws IOException {
    TaskCatalog catalog = family();
    assertThat(catalog.tasks()).containsOnlyKeys("f_one_x", "f_two", "f_three");
    assertThat(catalog.tasks().get("f_one_x").prompt().description())
        .isEqualTo("one x {{q}} {unknown}");
    assertThat(catalog.tasks().get("f_two").prompt().description())
        .isEqualTo("the second {{q}} {unknown}");
    assertThat(catalog.tasks().get("f_two").tags()).containsExactly("f_even", "all_f");
  }

  @Test
  void resolvesMembersOfGroupsByNameAndTag() throws IOException {
    Map<String, GroupDefinition> groups = family().groups();
    assertThat(groups.get("f").members()).containsExactly("f_evens", "f_one_x", "f_three");
    assertThat(groups.get("f").metrics())
        .containsExactly(new GroupDefinition.GroupMetric("exact_match", true, List.of("none")));
    assertThat(groups.get("f_evens").members()).containsExactly("f_two");
    assertThat(groups.get("f_evens").alias()).isEqualTo("evens");
    assertThat(groups.get("f_evens").version()).isEqualTo("3");
  }

  @Test
  void selectsByNameGroupTagAndWildcardEachOnceInOrder() throws IOException {
    TaskCatalog catalog = family();
    assertThat(names(catalog, "f_three,f_one_x", "f_three")).containsExactly("f_three", "f_one_x");
    assertThat(names(catalog, "f_odd")).containsExactly("f_one_x", "f_three");
    assertThat(names(catalog, "f_t*")).containsExactly("f_two", "f_three");
    assertThat(names(catalog, "f_tw?, f_one_x")).containsExactly("f_two", "f_one_x");
    TaskSelection group = catalog.select(List.of("g"));
    assertThat(group.tasks())
        .extracting(TaskDefinition::name)
        .containsExactly("f_two", "f_one_x", "f_three");
    assertThat(group.groups())
        .extracting(GroupDefinition::name)
        .containsExactly("g", "f", "f_evens");
  }

  private static List<String> names(TaskCatalog catalog, String... requested) {
    return catalog.select(List.of(requested)).tasks().stream().map(TaskDefinition::name).toList();
  }

  @Test
  void namesTheNearestForAnUnknownName() throws IOException {
    TaskCatalog catalog = family();
    assertThatThrownBy(() -> catalog.select(List.of("f_tow")))
        .hasMessage(
            "--tasks: expected the name of a task, group or tag, found 'f_tow' (did you mean"
                + " 'f_two'?); --list-tasks lists them");
    assertThatThrownBy(() -> catalog.select(List.of("z*"))).hasMessageContaining("found 'z*'");
    assertThatThrownBy(() -> catalog.select(List.of(" ,")))
        .hasMessageContaining("expected names of tasks, found none");
  }

  @Test
  void listsGroupsTagsAndTasks() throws IOException {
    assertThat(family().list())
        .extracting(TaskCatalog.Listed::name)
        .containsExactly(
            "f", "f_evens", "g", "f_odd", "all_f", "f_even", "f_one_x", "f_two", "f_three");
  }

  @Test
  void refusesGroupsInACircleAndUnknownMembers() {
    assertThatThrownBy(
            () -> load("a.yaml", "group: a\ntask: b\n", "b.yaml", "group: b\ntask: [a]\n"))
        .hasMessageContaining("groups contain each other in a circle: a, b");
    assertThatThrownBy(() -> load("a.yaml", "group: a\ntask: sum\n", "b.yaml", TASK))
        .hasMessageContaining(
            "/a.yaml:2: group 'a' names 'sum', which is no task, group or tag (did you mean"
                + " 'sums'?)");
  }

  @Test
  void refusesAPathWithoutTaskFiles() {
    assertThatThrownBy(() -> load("readme.txt", "x"))
        .hasMessageContaining("--include-path: expected a task file or a folder with task files")
        .hasMessageContaining("no .yaml file in it");
    assertThatThrownBy(
            () -> TaskSource.at(folder.resolve("absent").toString(), new Configuration(false)))
        .hasMessageContaining("no such file or folder");
  }
}
