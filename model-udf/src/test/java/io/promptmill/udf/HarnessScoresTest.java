package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.SamplingParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Log-likelihoods and texts against samples that lm-evaluation-harness wrote with transformers in
 * float32. Samples and checkpoint lie outside the repository, in the folder that the property
 * {@code promptmill.shared} names; without it the tests are skipped.
 */
class HarnessScoresTest {

  private static final Path SHARED = Path.of(System.getProperty("promptmill.shared", "shared"));
  private static final Path SAMPLES = SHARED.resolve("goldens/lm-eval/samples.jsonl");
  private static final ModelSpec MODEL =
      new ModelSpec(
          SHARED.resolve("goldens/models/v2-lite-eval").toAbsolutePath().normalize().toString(),
          "float32",
          List.of("cpu"),
          64L << 20,
          512,
          16,
          2048,
          2,
          true);
  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);

  @BeforeAll
  static void needsTheSharedFolder() {
    assumeTrue(Files.exists(SAMPLES), "no " + SAMPLES);
  }

  @AfterAll
  static void closeEngines() {
    SharedEngines.closeAll();
  }

  @Test
  void loglikelihoodsAreThoseOfTheHarness() throws IOException {
    List<JsonNode> samples =
        samples(
            sample ->
                sample.get("doc_id").intValue() == 0
                    && sample.get("requests").get(0).has("continuation")
                    && sample.get("context_tokens").size() < 400);
    assertThat(samples).hasSizeGreaterThan(10);
    InferSpec spec =
        new InferSpec.Score(
            PROMPT, new CandidateSource.Fixed(List.of(" A", " B", " C", " D")), false);

    List<Map<String, ?>> rows = run(spec, samples);

    for (int i = 0; i < samples.size(); i++) {
      JsonNode requests = samples.get(i).get("requests");
      List<?> scores = (List<?>) rows.get(i).get("loglikelihoods");
      List<?> greedy = (List<?>) rows.get(i).get("is_greedy");
      for (int candidate = 0; candidate < 4; candidate++) {
        assertThat((Double) scores.get(candidate))
            .as(samples.get(i).get("task").textValue())
            .isEqualTo(requests.get(candidate).get("loglikelihood").doubleValue(), offset(1e-3));
        assertThat(greedy.get(candidate))
            .isEqualTo(requests.get(candidate).get("is_greedy").booleanValue());
      }
    }
  }

  @Test
  void greedyTextsAreThoseOfTheHarness() throws IOException {
    List<JsonNode> samples =
        samples(
            sample ->
                sample.get("filter").textValue().equals("strict-match")
                    && sample.get("doc_id").intValue() < 4);
    SamplingParams params = SamplingParams.greedy(256);
    InferSpec spec =
        new InferSpec.Generate(PROMPT, params, List.of("Question:", "</s>", "<|im_end|>"));

    List<Map<String, ?>> rows = run(spec, samples);

    assertThat(samples).isNotEmpty();
    for (int i = 0; i < samples.size(); i++) {
      assertThat(rows.get(i).get("text"))
          .hasToString(samples.get(i).get("requests").get(0).get("response").textValue());
    }
  }

  private static List<JsonNode> samples(Predicate<JsonNode> wanted) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> samples = new ArrayList<>();
    for (String line : Files.readAllLines(SAMPLES)) {
      JsonNode sample = json.readTree(line);
      if (wanted.test(sample)) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private static List<Map<String, ?>> run(InferSpec spec, List<JsonNode> samples) {
    String[] prompts =
        samples.stream().map(each -> each.get("context").textValue()).toArray(String[]::new);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowUdf udf = ArrowUdfs.open(MODEL, spec, new Configuration());
        VectorSchemaRoot input = Batches.of(Batches.texts(allocator, "prompt", prompts));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      List<Map<String, ?>> rows = new ArrayList<>();
      for (int row = 0; row < result.getRowCount(); row++) {
        rows.add(((StructVector) result.getVector(0)).getObject(row));
      }
      return rows;
    }
  }
}
