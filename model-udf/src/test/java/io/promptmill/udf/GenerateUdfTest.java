package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import io.promptmill.engine.SamplingParams;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerateUdfTest {

  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);
  private static final ChatEncoder CHAT =
      (messages, generationPrompt) ->
          new TinyTokenizer(true, "你好")
              .encodeWithSpecialTokens(
                  "<bos>"
                      + messages.stream()
                          .map(turn -> turn.role() + ":" + turn.content() + ";")
                          .collect(Collectors.joining())
                      + (generationPrompt ? "assistant:" : ""));

  private final BufferAllocator allocator = new RootAllocator();
  private final FakeEngine engine = new FakeEngine(64);
  private final TinyTokenizer tokenizer = new TinyTokenizer(true, "你好");

  /** Throws if any buffer was not released. */
  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @Test
  void givesTheFixedFields() {
    List<Map<String, ?>> rows = run(spec(greedy(3), "."), "ab.c");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).keySet())
        .containsExactlyInAnyOrder(
            "text",
            "finish_reason",
            "prompt_tokens",
            "cached_tokens",
            "truncated_tokens",
            "completion_tokens",
            "token_ids",
            "model_revision");
    assertThat(rows.get(0).get("text")).hasToString("ab");
    assertThat(rows.get(0).get("finish_reason")).hasToString("length");
    assertThat(rows.get(0).get("prompt_tokens")).isEqualTo(5);
    assertThat(rows.get(0).get("cached_tokens")).isEqualTo(1);
    assertThat(rows.get(0).get("completion_tokens")).isEqualTo(3);
    assertThat(rows.get(0).get("token_ids"))
        .isEqualTo(List.of(tokenizer.bosTokenId(), (int) 'a', (int) 'b'));
    assertThat(rows.get(0).get("model_revision")).hasToString(FakeEngine.REVISION);
  }

  @Test
  void truncatesFromTheLeftSoThatTheWholeCompletionFits() {
    PromptSpec truncated =
        new PromptSpec(new PromptSource.Column("prompt"), false, null, Overflow.TRUNCATE_LEFT);
    InferSpec.Generate spec = new InferSpec.Generate(truncated, greedy(60), List.of());

    List<Map<String, ?>> rows = run(spec, "abcdef", "abc", "ab");

    assertThat(rows)
        .extracting(row -> row.get("text").toString())
        .containsExactly("cdef", "abc", "ab");
    assertThat(rows).extracting(row -> (Integer) row.get("prompt_tokens")).containsExactly(4, 4, 3);
    assertThat(rows)
        .extracting(row -> (Integer) row.get("truncated_tokens"))
        .containsExactly(3, 0, 0);
    assertThatThrownBy(() -> run(new InferSpec.Generate(truncated, greedy(64), List.of()), "a"))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("expected max tokens below the 64")
        .satisfies(
            thrown ->
                assertThat(((PromptmillException) thrown).code())
                    .isEqualTo(ErrorCode.OPTION_INVALID));
  }

  @Test
  void declaresTheSchemaItGives() {
    InferSpec.Generate spec = spec(greedy(3));
    GenerateUdf udf = new GenerateUdf(spec, model(), "m");

    try (VectorSchemaRoot input = Batches.of(Batches.texts(allocator, "prompt", "a"));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      assertThat(udf.outputSchema()).isEqualTo(ResultSchemas.of(spec));
      assertThat(result.getSchema()).isEqualTo(udf.outputSchema());
    }
  }

  @Test
  void failsARowAloneAndKeepsCountAndOrder() {
    String long70 = "x".repeat(70);
    engine.onGenerate =
        request ->
            tokenizer.decode(request.prompt(), true).equals("!")
                ? CompletableFuture.failedFuture(
                    new PromptmillException(ErrorCode.ENGINE_FAILED, "step failed"))
                : CompletableFuture.completedFuture(FakeEngine.echo(request));

    List<Map<String, ?>> rows = run(spec(greedy(9)), "a", null, long70, "!", "", "b");

    assertThat(rows)
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("a", "PROMPT_INVALID", "PROMPT_TOO_LONG", "ENGINE_FAILED", "", "b");
    assertThat(rows.get(1).keySet())
        .containsExactlyInAnyOrder("finish_reason", "error", "model_revision");
    assertThat(rows.get(1).get("finish_reason")).hasToString("error");
    assertThat(((Map<?, ?>) rows.get(1).get("error")).get("message"))
        .hasToString("column 'prompt': expected a prompt, found null");
  }

  @Test
  void refusesAnEmptyPromptWithoutBos() {
    TinyTokenizer withoutBos = new TinyTokenizer(false);

    assertThat(run(spec(greedy(1)), withoutBos, Batches.texts(allocator, "prompt", "", "a")))
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("PROMPT_INVALID", "a");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    List<Map<String, ?>> rows =
        run(spec(greedy(9)), tokenizer, Batches.malformed(allocator, "prompt", 1, 3));

    assertThat(rows)
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("a", "PROMPT_INVALID", "a");
    assertThat(((Map<?, ?>) rows.get(1).get("error")).get("message"))
        .hasToString("column 'prompt': expected UTF-8, found byte 0xC3 at offset 2 of 4");
  }

  @Test
  void submitsTheWholeBatchBeforeItWaits() {
    List<CompletableFuture<GenerateResult>> open = new ArrayList<>();
    engine.onGenerate =
        request -> {
          CompletableFuture<GenerateResult> future = new CompletableFuture<>();
          open.add(future);
          if (open.size() == 3) {
            for (int i = 2; i >= 0; i--) {
              open.get(i).complete(FakeEngine.echo((Request.Generate) engine.requests.get(i)));
            }
          }
          return future;
        };

    assertThat(run(spec(greedy(9)), "a", "b", "c"))
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("a", "b", "c");
  }

  @Test
  void specialTokensInARawPromptStayText() {
    run(spec(greedy(1)), "a<eos>");

    assertThat(tokenizer.pieces(prompt(0))).containsExactly("<bos>", "a", "<", "e", "o", "s", ">");
  }

  @Test
  void aChatTemplateThatWroteBosGetsNoSecondOne() {
    PromptSpec chat = new PromptSpec(new PromptSource.Column("prompt"), true, "S");

    run(new InferSpec.Generate(chat, greedy(1), List.of()), "hi");

    assertThat(tokenizer.decode(prompt(0), false)).isEqualTo("<bos>system:S;user:hi;assistant:");
  }

  @Test
  void aConversationKeepsItsOwnSystemTurn() {
    PromptSpec chat = new PromptSpec(new PromptSource.Messages("turns"), false, "S");
    InferSpec.Generate spec = new InferSpec.Generate(chat, greedy(1), List.of());
    String[][] own = {{"system", "T"}, {"user", "q"}};
    String[][] none = {{"user", "q"}};

    run(spec, tokenizer, Batches.messages(allocator, "turns", own, none));

    assertThat(tokenizer.decode(prompt(0), false)).isEqualTo("<bos>system:T;user:q;assistant:");
    assertThat(tokenizer.decode(prompt(1), false)).isEqualTo("<bos>system:S;user:q;assistant:");
  }

  @Test
  void refusesChatPromptsWithoutChatTemplate() {
    PromptSpec chat = new PromptSpec(new PromptSource.Column("prompt"), true, null);
    OpenModel plain = new OpenModel(engine, tokenizer, Optional.empty());

    assertThatThrownBy(
            () -> new GenerateUdf(new InferSpec.Generate(chat, greedy(1), List.of()), plain, "m"))
        .hasMessageContaining("m: chat prompts need a chat template");
  }

  @Test
  void namesAMissingColumnAndThosePresent() {
    PromptSpec other = new PromptSpec(new PromptSource.Column("question"), false, null);

    assertThatThrownBy(() -> run(new InferSpec.Generate(other, greedy(1), List.of()), "a"))
        .isInstanceOf(PromptmillException.class)
        .hasMessage("column 'question' is not in the input, which has [prompt]");
  }

  @Test
  void aTemplateOverANullColumnFailsItsRow() {
    PromptSpec template = new PromptSpec(new PromptSource.Template("Q: {prompt}"), false, null);

    assertThat(run(new InferSpec.Generate(template, greedy(9), List.of()), "a", null))
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("Q: a", "TEMPLATE_FAILED");
  }

  @Test
  void stopTextsEndTheCompletionAndAreCutOff() {
    List<Map<String, ?>> rows = run(spec(greedy(9), "。", "cd"), "ab你好。x", "abcdef");

    assertThat(rows).extracting(GenerateUdfTest::outcome).containsExactly("ab你好", "ab");
    assertThat(rows).extracting(row -> row.get("finish_reason").toString()).containsOnly("stop");
    assertThat(rows.get(1).get("completion_tokens")).isEqualTo(5);
  }

  @Test
  void logprobsAreThereWhereAskedFor() {
    SamplingParams params =
        new SamplingParams(2, 0, 0, 0, 1, 0, 1, 0, 0, List.of(), false, 1, 2, 0);

    List<?> logprobs = (List<?>) run(spec(params), "ab", "c").get(1).get("logprobs");

    int bos = tokenizer.bosTokenId();
    assertThat(logprobs)
        .hasToString(
            ("[{\"token_id\":%d,\"logprob\":-%d.0,\"top_ids\":[%d,7],\"top_logprobs\":[-%d.0,-9.5]},"
                    + "{\"token_id\":99,\"logprob\":-99.0,\"top_ids\":[99,7],"
                    + "\"top_logprobs\":[-99.0,-9.5]}]")
                .formatted(bos, bos, bos, bos));
  }

  @Test
  void severalSamplesAreAllThereAndTheFirstIsAtTheTop() {
    SamplingParams two = new SamplingParams(9, 0, 1, 0, 1, 0, 1, 0, 0, List.of(), false, 2, -1, 0);

    List<Map<String, ?>> rows = run(spec(two), "ab", null, "c");

    assertThat(rows)
        .extracting(GenerateUdfTest::outcome)
        .containsExactly("ab", "PROMPT_INVALID", "c");
    assertThat(rows.get(1)).doesNotContainKey("samples");
    assertThat((List<?>) rows.get(2).get("samples"))
        .hasSize(2)
        .allSatisfy(
            sample ->
                assertThat(sample)
                    .hasToString(
                        "{\"text\":\"c\",\"finish_reason\":\"length\",\"completion_tokens\":2,"
                            + "\"token_ids\":[%d,99]}".formatted(tokenizer.bosTokenId())));
  }

  @Test
  void theRowKeyIsThePromptAndNotItsPlace() {
    run(spec(greedy(1)), "a", "b", "a");

    List<Long> keys =
        engine.requests.stream().map(each -> ((Request.Generate) each).rowKey()).toList();
    assertThat(keys.get(0)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(1));
  }

  @Test
  void anEmptyBatchGivesAnEmptyBatch() {
    assertThat(run(spec(greedy(1)))).isEmpty();
  }

  @Test
  void growsBeyondTheFirstAllocation() {
    String[] prompts = new String[5000];
    for (int i = 0; i < prompts.length; i++) {
      prompts[i] = i % 7 == 0 ? null : Integer.toString(i).repeat(5);
    }

    List<Map<String, ?>> rows = run(spec(greedy(60)), prompts);

    for (int i = 0; i < prompts.length; i++) {
      assertThat(outcome(rows.get(i))).isEqualTo(i % 7 == 0 ? "PROMPT_INVALID" : prompts[i]);
    }
  }

  @Test
  void anEngineThatClosesFailsTheBatchAndReleasesEverything() {
    engine.onGenerate =
        request ->
            CompletableFuture.failedFuture(
                new PromptmillException(ErrorCode.ENGINE_CLOSED, "closed"));

    assertThatThrownBy(() -> run(spec(greedy(1)), "a", "b"))
        .isInstanceOf(PromptmillException.class)
        .hasMessage("closed");
  }

  @Test
  void anUnexpectedFailureCancelsTheOtherRows() {
    List<CompletableFuture<GenerateResult>> open = new ArrayList<>();
    engine.onGenerate =
        request -> {
          open.add(
              open.isEmpty()
                  ? CompletableFuture.failedFuture(new IllegalStateException("bug"))
                  : new CompletableFuture<>());
          return open.get(open.size() - 1);
        };

    assertThatThrownBy(() -> run(spec(greedy(1)), "a", "b", "c"))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("row 0 of a batch failed: java.lang.IllegalStateException: bug");
    assertThat(open.subList(1, 3)).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void anInterruptedTaskCancelsItsRowsAndStaysInterrupted() {
    List<CompletableFuture<GenerateResult>> open = new ArrayList<>();
    engine.onGenerate =
        request -> {
          open.add(new CompletableFuture<>());
          return open.get(open.size() - 1);
        };

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(spec(greedy(1)), "a", "b"))
          .hasMessageContaining("interrupted while row 0 of a batch of 2");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(open).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }

  private OpenModel model() {
    return new OpenModel(engine, tokenizer, Optional.of(CHAT));
  }

  private int[] prompt(int request) {
    return ((Request.Generate) engine.requests.get(request)).prompt();
  }

  private static SamplingParams greedy(int maxTokens) {
    return SamplingParams.greedy(maxTokens);
  }

  private static InferSpec.Generate spec(SamplingParams params, String... stop) {
    return new InferSpec.Generate(PROMPT, params, List.of(stop));
  }

  private List<Map<String, ?>> run(InferSpec.Generate spec, String... prompts) {
    return run(spec, tokenizer, Batches.texts(allocator, "prompt", prompts));
  }

  /** Fields of each row that are not null. */
  private List<Map<String, ?>> run(
      InferSpec.Generate spec, TinyTokenizer withTokenizer, FieldVector column) {
    OpenModel model = new OpenModel(engine, withTokenizer, Optional.of(CHAT));
    try (VectorSchemaRoot input = Batches.of(column);
        GenerateUdf udf = new GenerateUdf(spec, model, "m");
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      return rows((StructVector) result.getVector("response"), result.getRowCount());
    }
  }

  private static List<Map<String, ?>> rows(StructVector response, int count) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(response.getObject(row));
    }
    return rows;
  }

  /** The row's text without the echoed BOS, or its error's category. */
  private static String outcome(Map<String, ?> row) {
    return row.get("error") instanceof Map<?, ?> error
        ? error.get("category").toString()
        : row.get("text").toString();
  }
}
