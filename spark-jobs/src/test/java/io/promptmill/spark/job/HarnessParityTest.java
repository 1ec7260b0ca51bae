package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.executor.ExecutorModels;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample that lm-evaluation-harness 0.4.13 ran, through the whole of {@code evaluate}. Model,
 * data and samples lie outside the repository, in the folder that the property {@code
 * promptmill.shared} names; without it the test is skipped.
 */
class HarnessParityTest {
  private static final Path SHARED = Path.of(System.getProperty("promptmill.shared", "shared"));
  private static final Path GOLDENS = SHARED.resolve("goldens/lm-eval");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temp;

  /** Our samples by task, document and filter. */
  private static final Map<String, JsonNode> OURS = new HashMap<>();

  private static final List<JsonNode> RESULTS = new ArrayList<>();

  @BeforeAll
  static void evaluate() throws IOException {
    assumeTrue(Files.exists(GOLDENS), "no " + GOLDENS);
    LocalSpark.session(); // else the job would stop its own
    evaluate("mmlu", "--split", "val");
    evaluate("ceval-valid");
    evaluate("gsm8k");
  }

  @AfterAll
  static void closeModels() {
    ExecutorModels.get().close();
  }

  private static void evaluate(String task, String... options) throws IOException {
    Path output = temp.resolve(task);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                SHARED
                    .resolve("goldens/models/v2-lite-eval")
                    .toAbsolutePath()
                    .normalize()
                    .toString(),
                "--tasks",
                task,
                "--data",
                SHARED.resolve("data").toString(),
                "--output",
                output.toString(),
                "--limit",
                "8",
                "--num-fewshot",
                "5",
                "--max-length",
                "2048",
                "--dtype",
                "float32",
                "--cache-bytes",
                "96m"));
    arguments.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.onRealModel(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("results_")) {
          RESULTS.add(JSON.readTree(file.toFile()));
        } else if (name.startsWith("samples_")) {
          String ofTask = name.replaceAll("samples_(.*)_[^_]*", "$1");
          for (String line : Files.readAllLines(file)) {
            JsonNode sample = JSON.readTree(line);
            OURS.put(key(ofTask, sample), sample);
          }
        }
      }
    }
  }

  private static String key(String task, JsonNode sample) {
    return task + " " + sample.get("doc_id") + " " + sample.get("filter").textValue();
  }

  private static List<JsonNode> theirs() throws IOException {
    List<JsonNode> samples = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDENS.resolve("samples.jsonl"))) {
      samples.add(JSON.readTree(line));
    }
    return samples;
  }

  private static JsonNode ours(JsonNode sample) {
    String key = key(sample.get("task").textValue(), sample);
    assertThat(OURS).containsKey(key);
    return OURS.get(key);
  }

  @Test
  void everySampleIsThere() throws IOException {
    assertThat(theirs()).hasSize(888).hasSameSizeAs(OURS.entrySet());
  }

  @Test
  void contextsTargetsAndContinuationsAreEqual() throws IOException {
    for (JsonNode sample : theirs()) {
      JsonNode ours = ours(sample);
      String place = key(sample.get("task").textValue(), sample);
      assertThat(ours.get("target").asText()).as(place).isEqualTo(sample.get("target").asText());
      for (int i = 0; i < sample.get("requests").size(); i++) {
        JsonNode request = sample.get("requests").get(i);
        JsonNode arguments = ours.get("arguments").get("gen_args_" + i);
        assertThat(arguments.get("arg_0").textValue())
            .as(place)
            .isEqualTo(sample.get("context").textValue());
        if (request.has("continuation")) {
          assertThat(arguments.get("arg_1")).as(place).isEqualTo(request.get("continuation"));
        }
      }
      assertThat(ours.get("promptmill").get("prompt_tokens").intValue())
          .as(place)
          .isEqualTo(Math.min(contextLimit(sample), sample.get("context_tokens").size()));
    }
  }

  private static int contextLimit(JsonNode sample) {
    return sample.get("requests").get(0).has("continuation") ? 2048 : 2048 - 256;
  }

  @Test
  void loglikelihoodsGreedinessAndTextsAreEqual() throws IOException {
    int scored = 0;
    for (JsonNode sample : theirs()) {
      JsonNode responses = ours(sample).get("resps");
      String place = key(sample.get("task").textValue(), sample);
      for (int i = 0; i < sample.get("requests").size(); i++) {
        JsonNode request = sample.get("requests").get(i);
        JsonNode response = responses.get(i).get(0);
        if (request.has("continuation")) {
          assertThat(Double.parseDouble(response.get(0).textValue()))
              .as(place)
              .isEqualTo(request.get("loglikelihood").doubleValue(), offset(2e-3));
          assertThat(response.get(1).textValue().equals("True"))
              .as(place)
              .isEqualTo(request.get("is_greedy").booleanValue());
          scored++;
        } else {
          assertThat(response).as(place).isEqualTo(request.get("response"));
        }
      }
    }
    assertThat(scored).isGreaterThan(3000);
  }

  @Test
  void filteredAnswersAndMetricsAreEqual() throws IOException {
    for (JsonNode sample : theirs()) {
      JsonNode ours = ours(sample);
      String place = key(sample.get("task").textValue(), sample);
      if (!sample.get("requests").get(0).has("continuation")) {
        assertThat(ours.get("filtered_resps")).as(place).isEqualTo(sample.get("filtered"));
      }
      sample
          .get("metrics")
          .properties()
          .forEach(
              metric ->
                  assertThat(ours.get(metric.getKey()).doubleValue())
                      .as(place)
                      .isEqualTo(metric.getValue().doubleValue()));
    }
  }

  @Test
  void scoresOfTasksAndGroupsAreEqual() throws IOException {
    JsonNode theirs = JSON.readTree(GOLDENS.resolve("results.json").toFile());
    for (String section : List.of("results", "groups")) {
      theirs
          .get(section)
          .properties()
          .forEach(
              entry -> {
                JsonNode ours =
                    RESULTS.stream()
                        .map(results -> results.path(section).path(entry.getKey()))
                        .filter(node -> !node.isMissingNode())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + entry.getKey()));
                entry
                    .getValue()
                    .properties()
                    .forEach(
                        value -> {
                          String place = entry.getKey() + " " + value.getKey();
                          if (value.getValue().isNumber()) {
                            assertThat(ours.path(value.getKey()).doubleValue())
                                .as(place)
                                .isEqualTo(value.getValue().doubleValue(), offset(1e-6));
                          } else {
                            assertThat(ours.path(value.getKey()))
                                .as(place)
                                .isEqualTo(value.getValue());
                          }
                        });
              });
    }
  }

  /** Five-shot MMLU in one executor, also against a run that shares among candidates alone. */
  @Test
  void sharedHeadersSaveMostPromptTokens() {
    JsonNode tokens = RESULTS.get(0).get("promptmill").get("tokens");

    double prompt = tokens.get("prompt").doubleValue();
    assertThat(tokens.get("saved_fraction").doubleValue()).isGreaterThan(0.9);
    assertThat(1 - tokens.get("computed").doubleValue() / prompt).isGreaterThan(0.6);
  }
}
