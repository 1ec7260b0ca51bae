package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Documents of the published files against those that lm-evaluation-harness saw. */
class GoldenDocumentsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void equalTheHarnessDocumentsFieldByFieldInOrder() throws IOException {
    Path shared = Path.of(System.getProperty("promptmill.shared", "absent"));
    Path samples = shared.resolve("goldens/lm-eval/samples.jsonl");
    assumeTrue(java.nio.file.Files.exists(samples), "no " + samples);
    TaskCatalog catalog = TaskCatalog.load(List.of(), new Configuration(), new KnownScoring());
    DocumentSource source =
        new DocumentSource(
            new DataRoots(Optional.of(shared.resolve("data").toString()), Map.of()),
            new Configuration());
    Map<String, List<Document>> documents = new HashMap<>();
    SoftAssertions softly = new SoftAssertions();
    int compared = 0;
    for (String line : java.nio.file.Files.readAllLines(samples)) {
      JsonNode sample = JSON.readTree(line);
      String name = sample.get("task").textValue();
      if (!documents.containsKey(name)) {
        documents.put(name, read(source, catalog.tasks().get(name)));
      }
      Document document = documents.get(name).get(sample.get("doc_id").intValue());
      softly
          .assertThat(JSON.writeValueAsString(document.fields()))
          .as("document %s of %s", sample.get("doc_id"), name)
          .isEqualTo(JSON.writeValueAsString(sample.get("doc")));
      compared++;
    }
    softly.assertAll();
    assertThat(compared).isEqualTo(888);
  }

  /** The goldens have MMLU's validation split in place of its test split. */
  private static List<Document> read(DocumentSource source, TaskDefinition task)
      throws IOException {
    DatasetDefinition dataset = task.dataset();
    boolean mmlu = task.name().startsWith("mmlu_");
    return source.read(dataset, mmlu ? "val" : dataset.evalSplit());
  }
}
