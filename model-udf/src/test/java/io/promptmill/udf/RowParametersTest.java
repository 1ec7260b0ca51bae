package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.engine.Request;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowParametersTest {
  private static final InferSpec.Generate SPEC =
      new InferSpec.Generate(
          new PromptSpec(new PromptSource.Json("prompt"), false, null),
          SamplingParams.greedy(9),
          List.of(),
          OutputConstraint.NONE,
          "parameters");
  private static final ChatEncoder CHAT =
      (messages, generationPrompt) ->
          new TinyTokenizer(true, "你好")
              .encodeWithSpecialTokens(
                  messages.stream()
                      .map(turn -> turn.role() + ":" + turn.content() + ";")
                      .collect(Collectors.joining()));
  private static final ModelSpec TINY =
      new ModelSpec(
          "classpath:promptmill/models/tiny-random",
          "float32",
          List.of("cpu"),
          16L << 20,
          256,
          64,
          0,
          0,
          true);

  private final BufferAllocator allocator = new RootAllocator();
  private final FakeEngine engine = new FakeEngine(64);

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @AfterAll
  static void closeEngines() {
    SharedEngines.closeAll();
  }

  @Test
  void aRowsParametersComeBeforeThoseOfAllRows() {
    run(
        Optional.of(CHAT),
        new String[] {"\"a\"", "\"a\"", "\"a\""},
        null,
        "{}",
        """
        {"max_tokens": 3, "min_tokens": 2, "temperature": 0.5, "top_k": 4, "top_p": 0.25,
         "min_p": 0.125, "repetition_penalty": 1.5, "presence_penalty": -1, "frequency_penalty": 2,
         "stop_token_ids": [7], "ignore_eos": true, "n": 2, "logprobs": 1, "seed": -5}
        """);

    assertThat(engine.requests.stream().map(each -> ((Request.Generate) each).params()))
        .containsExactly(
            SPEC.sampling(),
            SPEC.sampling(),
            new SamplingParams(3, 2, 0.5, 4, 0.25, 0.125, 1.5, -1, 2, List.of(7), true, 2, 1, -5));
  }

  @Test
  void stopTextsSamplesAndLogprobsAreEachRowsOwn() {
    List<Map<String, ?>> rows =
        run(
            Optional.of(CHAT),
            new String[] {"\"ab.c\"", "\"ab.c\"", "\"a\""},
            "{\"stop\": [\".\"], \"n\": 2}",
            "{}",
            "{\"logprobs\": 1}");

    assertThat(rows)
        .extracting(row -> row.get("text").toString())
        .containsExactly("ab", "ab.c", "a");
    assertThat(rows)
        .extracting(row -> ((List<?>) row.get("samples")).size())
        .containsExactly(2, 1, 1);
    assertThat(rows.get(0)).doesNotContainKey("logprobs");
    assertThat(((List<?>) rows.get(2).get("logprobs")).get(1))
        .asString()
        .contains("\"bytes\":\"YQ==\"", "\"top_bytes\":[\"YQ==\",");
  }

  @Test
  void theKindOfJsonSaysWhatAPromptIs() {
    run(
        Optional.of(CHAT),
        new String[] {"\"a\"", "[5, 6]", "[{\"role\": \"user\", \"content\": \"b\"}]"},
        "{}",
        "{}",
        "{}");

    TinyTokenizer tokenizer = new TinyTokenizer(true, "你好");
    assertThat(engine.requests.stream().map(each -> ((Request.Generate) each).prompt()))
        .containsExactly(
            new int[] {tokenizer.bosTokenId(), 'a'},
            new int[] {5, 6},
            tokenizer.encodeWithSpecialTokens("user:b;"));
  }

  @Test
  void whatIsWrongWithARowIsItsOwnError() {
    List<Map<String, ?>> rows =
        run(
            Optional.empty(),
            new String[] {
              "\"a\"", "\"a\"", "\"a\"", "{", "[]", "[{\"role\": \"user\", \"content\": \"b\"}]"
            },
            "{\"temperature\": -1}",
            "{\"temprature\": 1}",
            "{\"json_schema\": {\"type\": \"object\", \"patternProperties\": {}}}",
            "{}",
            "{}",
            "{}");

    assertThat(rows)
        .extracting(RowParametersTest::error)
        .satisfiesExactly(
            each ->
                assertThat(each).startsWith("REQUEST_INVALID: temperature: expected at least 0"),
            each ->
                assertThat(each)
                    .startsWith("REQUEST_INVALID: parameters: unknown names temprature"),
            each -> assertThat(each).startsWith("REQUEST_INVALID").contains("patternProperties"),
            each -> assertThat(each).startsWith("PROMPT_INVALID"),
            each -> assertThat(each).contains("found an empty array"),
            each ->
                assertThat(each).startsWith("TEMPLATE_FAILED: conversations need a chat template"));
  }

  @Test
  void whatTheModelRefusesFailsItsRowAloneToo() {
    String[] prompts = {"\"a\"", "\"a\"", "\"a\"", "\"a\""};
    try (VectorSchemaRoot input =
            batch(
                prompts,
                "{\"stop_token_ids\": [999999]}",
                "{\"max_tokens\": 2, \"json_schema\": {\"type\": \"string\", \"minLength\": 90}}",
                "{\"logprobs\": 999999}",
                "{\"max_tokens\": 4, \"json_schema\": {\"type\": \"integer\"}}");
        ArrowUdf udf = ArrowUdfs.open(TINY, SPEC, new Configuration(false));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      List<Map<String, ?>> rows = rows(result);
      assertThat(rows.subList(0, 3))
          .extracting(RowParametersTest::error)
          .allMatch(each -> each.startsWith("REQUEST_INVALID"));
      assertThat(rows.get(3).get("text").toString()).matches(" ?-?\\d+");
    }
  }

  @Test
  void aRowIsTheSameAloneAndInCompanyOfOthersWithOtherParameters() {
    String own = "{\"temperature\": 1, \"seed\": 4, \"n\": 2, \"max_tokens\": 12}";
    String[] prompts =
        IntStream.range(0, 40).mapToObj(i -> "\"p" + i % 3 + "\"").toArray(String[]::new);
    String[] parameters = new String[40];
    for (int i = 0; i < 40; i++) {
      parameters[i] =
          "{\"temperature\": %d, \"seed\": %d, \"max_tokens\": %d}".formatted(i % 3, i, 1 + i % 9);
    }
    parameters[21] = own;
    String alone = samples(new String[] {prompts[21]}, own).get(0);

    List<String> company = samples(prompts, parameters);

    assertThat(company.get(21)).isEqualTo(alone);
    assertThat(company.stream().distinct().count()).isGreaterThan(25);
  }

  private List<String> samples(String[] prompts, String... parameters) {
    try (VectorSchemaRoot input = batch(prompts, parameters);
        ArrowUdf udf = ArrowUdfs.open(TINY, SPEC, new Configuration(false));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      return rows(result).stream().map(row -> row.get("samples").toString()).toList();
    }
  }

  private List<Map<String, ?>> run(
      Optional<ChatEncoder> chat, String[] prompts, String... parameters) {
    OpenModel model = new OpenModel(engine, new TinyTokenizer(true, "你好"), chat);
    try (VectorSchemaRoot input = batch(prompts, parameters);
        GenerateUdf udf = new GenerateUdf(SPEC, model, "m");
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      assertThat(result.getSchema()).isEqualTo(ResultSchemas.of(SPEC));
      return rows(result);
    }
  }

  private VectorSchemaRoot batch(String[] prompts, String... parameters) {
    FieldVector prompt = Batches.texts(allocator, "prompt", prompts);
    return Batches.of(prompt, Batches.texts(allocator, "parameters", parameters));
  }

  private static List<Map<String, ?>> rows(VectorSchemaRoot result) {
    StructVector response = (StructVector) result.getVector("response");
    return IntStream.range(0, result.getRowCount())
        .<Map<String, ?>>mapToObj(response::getObject)
        .toList();
  }

  private static String error(Map<String, ?> row) {
    Map<?, ?> error = (Map<?, ?>) row.get("error");
    return error.get("category") + ": " + error.get("message");
  }
}
