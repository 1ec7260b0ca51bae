package io.promptmill.spark.eval.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.document.DataRoots;
import io.promptmill.spark.eval.document.DocumentSource;
import io.promptmill.spark.eval.score.KnownScoring;
import io.promptmill.spark.eval.task.TaskCatalog;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items over invented documents against what lm-evaluation-harness asks. */
class HarnessPromptsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = folder();
  private static final TaskCatalog CATALOG =
      TaskCatalog.load(
          List.of(FOLDER.resolve("tasks").toUri().toString()),
          new Configuration(false),
          new KnownScoring());
  private static final DocumentSource SOURCE =
      new DocumentSource(
          new DataRoots(Optional.of(FOLDER.resolve("data").toString()), Map.of()),
          new Configuration(false));

  private static Path folder() {
    try {
      return Path.of(HarnessPromptsTest.class.getResource("/eval/prompt").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A run of the harness over one task. */
  record Run(String name, JsonNode line) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Run> runs() throws IOException {
    return Files.readAllLines(FOLDER.resolve("requests.jsonl")).stream()
        .map(HarnessPromptsTest::json)
        .map(
            line ->
                new Run(line.get("task").textValue() + " " + line.get("mode").textValue(), line));
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void asksWhatTheHarnessAsks(Run run) throws IOException {
    TaskDefinition task = CATALOG.tasks().get(run.line.get("task").textValue());
    List<EvaluationItem> items = builder(task, run.line.get("options")).items();
    JsonNode expected = run.line.get("items");
    assertThat(items).hasSize(expected.size());
    for (int i = 0; i < items.size(); i++) {
      JsonNode sample = expected.get(i);
      EvaluationItem item = items.get(i);
      assertThat(item.docId()).isEqualTo(i);
      assertThat(JSON.readTree(JSON.writeValueAsString(arguments(item.call()))))
          .as("arguments of document %d", i)
          .isEqualTo(sample.get("arguments"));
      assertThat(item.target())
          .as("target of document %d", i)
          .isEqualTo(sample.get("gold").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void laterDocumentsDoNotDependOnTheBounds(Run run) throws IOException {
    TaskDefinition task = CATALOG.tasks().get(run.line.get("task").textValue());
    PromptBuilder builder = builder(task, run.line.get("options"));
    assertThat(builder.items(2, 4)).isEqualTo(builder.items().subList(2, 4));
  }

  private static PromptBuilder builder(TaskDefinition task, JsonNode options) throws IOException {
    List<Document> evaluated = SOURCE.read(task.dataset(), task.dataset().evalSplit());
    List<Document> fewShot = SOURCE.read(task.dataset(), task.fewShot().split());
    return new PromptBuilder(
        task,
        evaluated,
        fewShot,
        new PromptOptions(
            options.has("num_fewshot")
                ? OptionalInt.of(options.get("num_fewshot").intValue())
                : OptionalInt.empty(),
            options.path("chat").booleanValue(),
            options.path("multiturn").booleanValue(),
            options.path("system_instruction").asText(""),
            options.path("seed").asLong(1234)));
  }

  /** As in the harness's requests; several samples of a document are one request there. */
  private static List<List<Object>> arguments(ModelCall call) {
    List<List<Object>> arguments = new ArrayList<>();
    if (call instanceof ModelCall.Loglikelihood loglikelihood) {
      for (ModelCall.Pair pair : loglikelihood.pairs()) {
        arguments.add(List.of(context(pair.context()), pair.continuation()));
      }
    } else if (call instanceof ModelCall.LoglikelihoodRolling rolling) {
      arguments.add(List.of(rolling.text()));
    } else if (call instanceof ModelCall.GenerateUntil generate) {
      arguments.add(List.of(context(generate.context()), generate.settings()));
    }
    return arguments;
  }

  private static Object context(PromptText context) {
    if (context instanceof PromptText.Plain plain) {
      return plain.text();
    }
    var turns = JsonNodeFactory.instance.arrayNode();
    for (PromptText.Turn turn : ((PromptText.Conversation) context).turns()) {
      turns.addObject().put("role", turn.role()).put("content", turn.content());
    }
    return turns;
  }
}
