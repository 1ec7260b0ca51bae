package io.promptmill.spark.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedTasksTest {

  private static final TaskCatalog CATALOG =
      TaskCatalog.load(List.of(), new Configuration(false), new FakeScoring());

  @Test
  void indexNamesEveryPackagedFile() throws Exception {
    Path root = folder();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(TaskSource.packaged().stream().map(TaskSource::origin))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(file -> file.toString().endsWith(".yaml"))
                  .filter(file -> !file.getFileName().toString().startsWith("_"))
                  .map(file -> TaskSource.PACKAGED_ROOT + root.relativize(file))
                  .toList());
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
            PackagedTasksTest.class
                .getClassLoader()
                .getResource(TaskSource.PACKAGED_ROOT + "index")
                .toURI())
        .getParent();
  }

  @Test
  void mmluHasFiftySevenSubjectsInFourGroups() {
    TaskSelection mmlu = CATALOG.select(List.of("mmlu"));
    assertThat(mmlu.tasks()).hasSize(57);
    assertThat(mmlu.groups())
        .extracting(GroupDefinition::name)
        .containsExactly(
            "mmlu", "mmlu_stem", "mmlu_other", "mmlu_social_sciences", "mmlu_humanities");
    assertThat(CATALOG.groups().get("mmlu_stem").members()).hasSize(19);
    assertThat(CATALOG.groups().get("mmlu_other").members()).hasSize(13);
    assertThat(CATALOG.groups().get("mmlu_social_sciences").members()).hasSize(12);
    assertThat(CATALOG.groups().get("mmlu_humanities").members()).hasSize(13);
    assertThat(CATALOG.groups().get("mmlu").metrics())
        .containsExactly(new GroupDefinition.GroupMetric("acc", true, List.of("none")));
  }

  @Test
  void aSubjectHasItsOwnFilesAndWords() {
    TaskDefinition task = CATALOG.tasks().get("mmlu_abstract_algebra");
    assertThat(task.alias()).isEqualTo("abstract_algebra");
    assertThat(task.tags()).containsExactly("mmlu_stem_tasks");
    assertThat(task.version()).isEqualTo("1.0");
    assertThat(task.outputType()).isEqualTo(OutputType.MULTIPLE_CHOICE);
    assertThat(task.dataset().files().get("dev")).startsWith("dev/abstract_algebra_dev.csv");
    assertThat(task.dataset().evalSplit()).isEqualTo("test");
    assertThat(task.dataset().document())
        .containsEntry("subject", "abstract_algebra")
        .containsEntry("question", "{{question}}");
    assertThat(task.fewShot().split()).isEqualTo("dev");
    assertThat(task.fewShot().sampler()).isEqualTo("first_n");
    assertThat(task.fewShot().excludesEvaluated()).isFalse();
    assertThat(task.prompt().description())
        .isEqualTo(
            "The following are multiple choice questions (with answers) about abstract algebra.\n\n");
    assertThat(task.prompt().docToText())
        .startsWith("{{question.strip()}}\nA. {{choices[0]}}\n")
        .endsWith("Answer:");
  }

  @Test
  void exampleOfTheReadmeIsATask(@TempDir Path folder) throws Exception {
    String readme = Files.readString(folder().resolve("README.md"));
    int start = readme.indexOf("```yaml\n") + 8;
    Path file = folder.resolve("capitals.yaml");
    Files.writeString(file, readme.substring(start, readme.indexOf("```", start)));
    TaskCatalog catalog =
        TaskCatalog.load(
            List.of(file.toUri().toString()), new Configuration(false), new FakeScoring());
    TaskDefinition task = catalog.tasks().get("capitals");
    assertThat(task.numFewshot()).hasValue(3);
    assertThat(task.filters()).extracting(FilterPipeline::name).containsExactly("first-word");
  }
}
