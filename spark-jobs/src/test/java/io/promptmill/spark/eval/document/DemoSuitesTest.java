package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo model's own evaluation files, which are part of the project. */
class DemoSuitesTest {

  private static final Configuration HADOOP = new Configuration();
  private static final Path DATA = Path.of("../model-udf/demo/data");

  @ParameterizedTest
  @CsvSource({
    "demo_mmlu, 175, 25",
    "demo_ceval, 175, 25",
    "demo_gsm8k, 100, 200",
    "demo_translation, 400, 400"
  })
  void readsAllOfTheEvaluatedSplitAndOfTheExamples(String name, int evaluated, int examples)
      throws IOException {
    DocumentSource source =
        new DocumentSource(
            new DataRoots(
                Optional.of(DATA.resolve("eval").toString()),
                Map.of("demo_translation", DATA.toString())),
            HADOOP);
    List<Document> documents = new ArrayList<>();
    List<Document> shots = new ArrayList<>();
    for (TaskDefinition task :
        TaskCatalog.load(List.of(), HADOOP, new KnownScoring()).select(List.of(name)).tasks()) {
      documents.addAll(source.read(task.dataset(), task.dataset().evalSplit()));
      shots.addAll(source.read(task.dataset(), task.fewShot().split()));
    }

    assertThat(documents).hasSize(evaluated).doesNotHaveDuplicates();
    assertThat(shots).hasSize(examples);
  }
}
