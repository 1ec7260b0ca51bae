package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.SamplingParams;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
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

/** The packaged checkpoint from its files to Arrow batches, against the reference's own texts. */
class ArrowUdfsTest {

  private static final ModelSpec MODEL =
      new ModelSpec(
          "classpath:promptmill/models/tiny-random",
          "float32",
          List.of("cpu"),
          16L << 20,
          64,
          8,
          0,
          1,
          true);
  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);
  private static final JsonNode EXPECTED = expected();

  private final BufferAllocator allocator = new RootAllocator();
  private final Configuration conf = new Configuration(false);

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @AfterAll
  static void closeEngines() {
    SharedEngines.closeAll();
  }

  @Test
  void generatesTheReferencesTokensAndTexts() {
    List<String> prompts = texts("prompt_texts");
    List<Map<String, ?>> rows = run(generate(), prompts);

    for (int i = 0; i < prompts.size(); i++) {
      assertThat(rows.get(i).get("token_ids"))
          .hasToString(EXPECTED.get("greedy_ignore_eos").get(i).toString());
      assertThat(rows.get(i).get("text")).hasToString(texts("greedy_texts").get(i));
      assertThat(rows.get(i).get("prompt_tokens")).isEqualTo(EXPECTED.get("prompts").get(i).size());
      assertThat(rows.get(i).get("finish_reason")).hasToString("length");
    }
  }

  @Test
  void theOrderOfRowsChangesNoRow() {
    List<String> prompts = texts("prompt_texts");
    List<String> reversed = new ArrayList<>(prompts);
    Collections.reverse(reversed);

    List<Map<String, ?>> rows = run(generate(), reversed);
    Collections.reverse(rows);

    assertThat(rows)
        .extracting(row -> row.get("token_ids").toString())
        .isEqualTo(
            run(generate(), prompts).stream().map(row -> row.get("token_ids").toString()).toList());
  }

  @Test
  void scoresWhatItWouldGenerateAsGreedyAndBest() {
    String prompt = texts("prompt_texts").get(1);
    String first = texts("greedy_texts").get(1).substring(0, 4);
    InferSpec.Score spec =
        new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of("zzz", first)), true);
    SamplingParams one = new SamplingParams(1, 0, 0, 0, 1, 0, 1, 0, 0, List.of(), true, 1, 0, 0);

    Map<String, ?> scores = run(spec, List.of(prompt)).get(0);
    Map<String, ?> drawn =
        run(new InferSpec.Generate(PROMPT, one, List.of()), List.of(prompt)).get(0);

    assertThat(drawn.get("text")).hasToString(first);
    assertThat(scores.get("best")).isEqualTo(1);
    assertThat(scores.get("is_greedy")).isEqualTo(List.of(false, true));
    Map<?, ?> token = (Map<?, ?>) ((List<?>) drawn.get("logprobs")).get(0);
    assertThat((Double) ((List<?>) scores.get("loglikelihoods")).get(1))
        .isEqualTo((Float) token.get("logprob"), offset(1e-5));
  }

  @Test
  void twoFunctionsOfAModelShareItsEngine() {
    run(generate(), texts("prompt_texts"));
    long before = SharedEngines.metrics(MODEL).orElseThrow().metrics().requestsDone();

    run(
        new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), false),
        texts("prompt_texts").subList(1, 3));

    EngineStatus status = SharedEngines.metrics(MODEL).orElseThrow();
    assertThat(status.metrics().requestsDone()).isEqualTo(before + 2);
    assertThat(status.model().architecture()).isEqualTo("DeepseekV2ForCausalLM");
  }

  @Test
  void countsTokensWithoutTheModel() {
    ModelSpec noSuchDevice =
        new ModelSpec(MODEL.uri(), "float32", List.of("gpu:77"), 1, 64, 8, 0, 1, true);

    Map<String, ?> row =
        run(noSuchDevice, new InferSpec.CountTokens(PROMPT), texts("prompt_texts")).get(0);

    assertThat(row.get("count")).isEqualTo(EXPECTED.get("prompts").get(0).size() - 1);
    assertThat(SharedEngines.metrics(noSuchDevice)).isEmpty();
  }

  @Test
  void refusesAnInvalidSpecBeforeItOpensAnything() {
    InferSpec none = new InferSpec.Generate(PROMPT, SamplingParams.greedy(0), List.of());

    assertThatThrownBy(() -> ArrowUdfs.open(MODEL, none, conf))
        .isInstanceOf(PromptmillException.class)
        .hasMessage("max tokens: expected at least 1, found 0");
  }

  private static InferSpec generate() {
    int tokens = EXPECTED.get("greedy_ignore_eos").get(0).size();
    SamplingParams params =
        new SamplingParams(tokens, 0, 0, 0, 1, 0, 1, 0, 0, List.of(), true, 1, -1, 0);
    return new InferSpec.Generate(PROMPT, params, List.of());
  }

  /** Fields of each row that are not null. */
  private List<Map<String, ?>> run(InferSpec spec, List<String> prompts) {
    return run(MODEL, spec, prompts);
  }

  private List<Map<String, ?>> run(ModelSpec model, InferSpec spec, List<String> prompts) {
    try (ArrowUdf udf = ArrowUdfs.open(model, spec, conf);
        VectorSchemaRoot input =
            Batches.of(Batches.texts(allocator, "prompt", prompts.toArray(String[]::new)));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      List<Map<String, ?>> rows = new ArrayList<>();
      for (int row = 0; row < result.getRowCount(); row++) {
        rows.add(((StructVector) result.getVector(0)).getObject(row));
      }
      assertThat(rows).noneSatisfy(row -> assertThat(row).containsKey("error"));
      return rows;
    }
  }

  private static List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    EXPECTED.get(key).forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static JsonNode expected() {
    try (InputStream json =
        ArrowUdfsTest.class.getResourceAsStream("/golden/tiny-random/expected.json")) {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
