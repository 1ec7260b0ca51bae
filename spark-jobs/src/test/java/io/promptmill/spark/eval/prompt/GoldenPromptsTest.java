package io.promptmill.spark.eval.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.document.DataRoots;
import io.promptmill.spark.eval.document.DocumentSource;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Contexts of the shipped suites over the published data against a run of the harness, 5-shot. */
class GoldenPromptsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void contextsContinuationsAndTargetsEqualTheHarness() throws IOException {
    Path shared = Path.of(System.getProperty("promptmill.shared", "absent"));
    Path samples = shared.resolve("goldens/lm-eval/samples.jsonl");
    assumeTrue(Files.exists(samples), "needs the optional shared file " + samples);
    TaskCatalog catalog = TaskCatalog.load(List.of(), new Configuration(false), new KnownScoring());
    DocumentSource source =
        new DocumentSource(
            new DataRoots(Optional.of(shared.resolve("data").toString()), Map.of()),
            new Configuration(false));
    Map<String, List<EvaluationItem>> items = new HashMap<>();
    SoftAssertions softly = new SoftAssertions();
    int compared = 0;
    for (String line : Files.readAllLines(samples)) {
      JsonNode sample = JSON.readTree(line);
      String name = sample.get("task").textValue();
      if (!items.containsKey(name)) {
        items.put(name, items(catalog.tasks().get(name), source));
      }
      EvaluationItem item = items.get(name).get(sample.get("doc_id").intValue());
      compare(softly, item, sample);
      compared++;
    }
    softly.assertAll();
    assertThat(compared).isEqualTo(888);
  }

  /** The goldens have MMLU's validation split in place of its test split. */
  private static List<EvaluationItem> items(TaskDefinition task, DocumentSource source)
      throws IOException {
    String split = task.name().startsWith("mmlu_") ? "val" : task.dataset().evalSplit();
    PromptOptions options = new PromptOptions(OptionalInt.of(5), false, true, "", 1234);
    return new PromptBuilder(
            task,
            source.read(task.dataset(), split),
            source.read(task.dataset(), task.fewShot().split()),
            options)
        .items(0, 8);
  }

  private static void compare(SoftAssertions softly, EvaluationItem item, JsonNode sample) {
    String of = " of document %d of %s".formatted(item.docId(), item.task());
    softly.assertThat(item.target()).as("target" + of).isEqualTo(sample.get("target").asText());
    JsonNode requests = sample.get("requests");
    if (item.call() instanceof ModelCall.Loglikelihood call) {
      softly.assertThat(call.pairs()).as("candidates" + of).hasSize(requests.size());
      for (int i = 0; i < call.pairs().size(); i++) {
        ModelCall.Pair pair = call.pairs().get(i);
        softly.assertThat(plain(pair.context())).as("context" + of).isEqualTo(text(sample));
        softly
            .assertThat(pair.continuation())
            .as("continuation" + of)
            .isEqualTo(requests.get(i).get("continuation").textValue());
      }
    } else if (item.call() instanceof ModelCall.GenerateUntil call) {
      softly.assertThat(plain(call.context())).as("context" + of).isEqualTo(text(sample));
      softly
          .assertThat(JSON.<JsonNode>valueToTree(call.settings()))
          .as("settings" + of)
          .isEqualTo(requests.get(0).get("gen_kwargs"));
    }
  }

  private static String plain(PromptText context) {
    return ((PromptText.Plain) context).text();
  }

  private static String text(JsonNode sample) {
    return sample.get("context").textValue();
  }
}
