package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.SamplingParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The embedded model answers held-out prompts sensibly, from its name to Arrow batches. */
class DemoModelTest {
  private static final ModelSpec DEMO =
      new ModelSpec("demo", "auto", List.of("cpu"), 64L << 20, 512, 32, 0, 0, true);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @AfterAll
  static void closeEngines() {
    SharedEngines.closeAll();
  }

  @Test
  void tellsTheSentimentOfReviewsInAChat() throws IOException {
    assertThat(rightAnswers("sentiment", true)).isGreaterThanOrEqualTo(11);
  }

  @Test
  void tellsTheTopicOfTexts() throws IOException {
    assertThat(rightAnswers("topic", false)).isGreaterThanOrEqualTo(11);
  }

  @Test
  void translatesSentences() throws IOException {
    assertThat(rightAnswers("translation", false)).isGreaterThanOrEqualTo(10);
  }

  @Test
  void extractsEntitiesAsJson() throws IOException {
    for (String answer : answers(prompts("extraction"), true)) {
      assertThatCode(() -> JSON.readTree(answer)).as(answer).doesNotThrowAnyException();
    }
  }

  private long rightAnswers(String task, boolean chat) throws IOException {
    List<JsonNode> prompts = prompts(task);
    List<String> answers = answers(prompts, chat);
    long right = 0;
    for (int i = 0; i < prompts.size(); i++) {
      right += answers.get(i).equals(prompts.get(i).get("expected").textValue()) ? 1 : 0;
    }
    return right;
  }

  /** A dozen held-out prompts. */
  private static List<JsonNode> prompts(String task) throws IOException {
    List<JsonNode> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("demo/data/prompts.jsonl"))) {
      JsonNode prompt = JSON.readTree(line);
      if (prompt.get("task").textValue().equals(task)) {
        prompts.add(prompt);
      }
    }
    assertThat(prompts).hasSize(12);
    return prompts;
  }

  private List<String> answers(List<JsonNode> prompts, boolean chat) {
    InferSpec.Generate spec =
        new InferSpec.Generate(
            new PromptSpec(new PromptSource.Column("prompt"), chat, null),
            SamplingParams.greedy(80),
            List.of());
    String[] texts =
        prompts.stream().map(prompt -> prompt.get("prompt").textValue()).toArray(String[]::new);
    try (ArrowUdf udf = ArrowUdfs.open(DEMO, spec, new Configuration(false));
        VectorSchemaRoot input = Batches.of(Batches.texts(allocator, "prompt", texts));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      StructVector responses = (StructVector) result.getVector("response");
      List<String> answers = new ArrayList<>();
      for (int row = 0; row < texts.length; row++) {
        Map<String, ?> response = responses.getObject(row);
        assertThat(response.get("finish_reason")).as(texts[row]).hasToString("stop");
        answers.add(response.get("text").toString().strip());
      }
      return answers;
    }
  }
}
