package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.Arrays;
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

class ScoreUdfTest {

  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);

  private static final PromptSpec TRUNCATED =
      new PromptSpec(new PromptSource.Column("prompt"), false, null, Overflow.TRUNCATE_LEFT);

  private final BufferAllocator allocator = new RootAllocator();
  private final FakeEngine engine = new FakeEngine(16);
  private final TinyTokenizer tokenizer = new TinyTokenizer(true);

  /** Throws if any buffer was not released. */
  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @Test
  void givesTheFixedFieldsInTheOrderOfTheCandidates() {
    Map<String, ?> row = run(fixed("b", "ac"), texts("prompt", "Q")).get(0);

    assertThat(row.keySet())
        .containsExactlyInAnyOrder(
            "loglikelihoods",
            "is_greedy",
            "token_counts",
            "best",
            "prompt_tokens",
            "cached_tokens",
            "truncated_tokens",
            "model_revision");
    assertThat(row.get("loglikelihoods")).isEqualTo(List.of(-98.0, -196.0));
    assertThat(row.get("is_greedy")).isEqualTo(List.of(true, false));
    assertThat(row.get("token_counts")).isEqualTo(List.of(1, 2));
    assertThat(row.get("best")).isEqualTo(0);
    assertThat(row.get("prompt_tokens")).isEqualTo(2);
    assertThat(row.get("cached_tokens")).isEqualTo(1);
    assertThat(row.get("model_revision")).hasToString(FakeEngine.REVISION);
  }

  @Test
  void declaresTheSchemaItGives() {
    InferSpec.Score spec =
        new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of("a")), true);
    ScoreUdf udf = new ScoreUdf(spec, model(), "m");

    try (VectorSchemaRoot input = Batches.of(texts("prompt", "a"));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      assertThat(udf.outputSchema()).isEqualTo(ResultSchemas.of(spec));
      assertThat(result.getSchema()).isEqualTo(udf.outputSchema());
    }
  }

  @Test
  void bestIsTheFirstOfEquals() {
    assertThat(run(fixed("c", "b", "b"), texts("prompt", "Q")).get(0).get("best")).isEqualTo(1);
  }

  @Test
  void sendsOneRequestForAllCandidatesOfARow() {
    run(fixed("a", "b", "c", "d"), texts("prompt", "Q", "R"));

    assertThat(engine.requests).hasSize(2);
  }

  @Test
  void failsARowAloneAndKeepsCountAndOrder() {
    FieldVector prompts = texts("prompt", "a", null, "a", "a", "a", "a", "x".repeat(20), "a");
    FieldVector choices =
        Batches.lists(
            allocator,
            "choices",
            Arrays.asList(
                List.of("b"),
                List.of("b"),
                null,
                List.of(),
                Arrays.asList("b", null),
                List.of("", "b"),
                List.of("b"),
                List.of("c", "d")));
    InferSpec.Score spec =
        new InferSpec.Score(PROMPT, new CandidateSource.ListColumn("choices"), false);

    List<Map<String, ?>> rows = run(spec, prompts, choices);

    assertThat(rows)
        .extracting(ScoreUdfTest::outcome)
        .containsExactly(
            "[-98.0]",
            "PROMPT_INVALID",
            "CANDIDATES_INVALID",
            "CANDIDATES_INVALID",
            "CANDIDATES_INVALID",
            "CANDIDATES_INVALID",
            "PROMPT_TOO_LONG",
            "[-99.0,-100.0]");
    assertThat(rows.get(3).keySet()).containsExactlyInAnyOrder("error", "model_revision");
    assertThat(rows.get(4).get("error").toString())
        .contains("column 'choices': expected a text, found null as candidate 1");
  }

  @Test
  void truncatesFromTheLeftSoThatEachCandidateFits() {
    InferSpec.Score spec =
        new InferSpec.Score(
            TRUNCATED, new CandidateSource.Fixed(List.of("B", "yz", "C", "x".repeat(16))), true);

    Map<String, ?> row = run(spec, texts("prompt", "0123456789abcdefg")).get(0);

    // (ctx + cont)[-17:][:-1] of 18 context tokens; one request for what sees the same context
    assertThat(engine.requests)
        .extracting(
            each -> {
              Request.Score request = (Request.Score) each;
              return tokenizer.decode(request.context(), false)
                  + request.continuations().stream()
                      .map(ids -> "|" + tokenizer.decode(ids, false))
                      .collect(Collectors.joining());
            })
        .containsExactly("123456789abcdefg|B|C", "23456789abcdefg|yz", "g|" + "x".repeat(16));
    assertThat(row.get("loglikelihoods"))
        .hasToString(
            "["
                + -(double) 'B'
                + ","
                + -(double) ('y' + 'z')
                + ","
                + -(double) 'C'
                + ","
                + -16.0 * 'x'
                + "]");
    assertThat(row.get("token_counts")).isEqualTo(List.of(1, 2, 1, 16));
    assertThat((List<?>) ((List<?>) row.get("token_logprobs")).get(1)).hasSize(2);
    assertThat(row.get("prompt_tokens")).isEqualTo(16 + 15 + 1);
    assertThat(row.get("cached_tokens")).isEqualTo(3);
    assertThat(row.get("truncated_tokens")).isEqualTo(17);
  }

  @Test
  void aPromptThatFitsIsNotTruncatedAndStaysOneRequest() {
    InferSpec.Score spec =
        new InferSpec.Score(TRUNCATED, new CandidateSource.Fixed(List.of("B", "yz")), false);

    Map<String, ?> row = run(spec, texts("prompt", "0123456789abcd")).get(0);

    assertThat(engine.requests).hasSize(1);
    assertThat(row.get("prompt_tokens")).isEqualTo(15);
    assertThat(row.get("truncated_tokens")).isEqualTo(0);
  }

  @Test
  void aCandidateThatLeavesNoRoomForAContextFailsItsRow() {
    InferSpec.Score spec =
        new InferSpec.Score(TRUNCATED, new CandidateSource.Fixed(List.of("x".repeat(17))), false);

    Map<String, ?> row = run(spec, texts("prompt", "a")).get(0);

    assertThat(outcome(row)).isEqualTo("PROMPT_TOO_LONG");
    assertThat(row.get("error").toString())
        .contains("candidate 0 has 17 tokens, after a context it may have 16");
  }

  @Test
  void candidatesMayComeFromSeveralColumns() {
    InferSpec.Score spec =
        new InferSpec.Score(PROMPT, new CandidateSource.Columns(List.of("A", "B")), false);

    List<Map<String, ?>> rows =
        run(
            spec,
            texts("prompt", "q", "q", "q"),
            texts("B", "b", null, "b"),
            Batches.malformed(allocator, "A", 2, 3));

    assertThat(rows)
        .extracting(ScoreUdfTest::outcome)
        .containsExactly("[-97.0,-98.0]", "CANDIDATES_INVALID", "CANDIDATES_INVALID");
    assertThat(rows.get(1).get("error").toString()).contains("column 'B'");
  }

  @Test
  void tokenLogprobsAreThereWhereAskedFor() {
    InferSpec.Score spec =
        new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of("ab", "c")), true);

    List<Map<String, ?>> rows = run(spec, texts("prompt", "q", null, "r"));

    assertThat(rows.get(2).get("token_logprobs")).hasToString("[[-97.0,-98.0],[-99.0]]");
    assertThat(rows.get(1)).doesNotContainKey("token_logprobs");
  }

  @Test
  void scoresAWholeTextInRollingWindows() {
    InferSpec.Score spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), true);
    String text = "abcdefghijklmnopqrst";

    Map<String, ?> row = run(spec, texts("prompt", text)).get(0);

    assertThat(engine.requests)
        .extracting(
            each -> {
              Request.Score window = (Request.Score) each;
              return tokenizer.decode(window.context(), false)
                  + "|"
                  + tokenizer.decode(window.continuations().get(0), false);
            })
        .containsExactly("<bos>|abcdefghijklmnop", "defghijklmnop|qrst");
    assertThat(row.get("loglikelihoods")).hasToString("[" + -(double) text.chars().sum() + "]");
    assertThat(row.get("token_counts")).isEqualTo(List.of(20));
    assertThat(row.get("is_greedy")).isEqualTo(List.of(false));
    assertThat(row.get("best")).isEqualTo(0);
    assertThat(row.get("prompt_tokens")).isEqualTo(14);
    assertThat((List<?>) ((List<?>) row.get("token_logprobs")).get(0)).hasSize(20);
  }

  @Test
  void anEmptyWholeTextFailsItsRow() {
    InferSpec.Score spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), false);

    assertThat(run(spec, texts("prompt", "", "b")))
        .extracting(ScoreUdfTest::outcome)
        .containsExactly("PROMPT_INVALID", "[-98.0]");
  }

  @Test
  void anInterruptedTaskCancelsAllWindowsOfItsTexts() {
    List<CompletableFuture<ScoreResult>> open = new ArrayList<>();
    engine.onScore =
        request -> {
          open.add(new CompletableFuture<>());
          return open.get(open.size() - 1);
        };
    InferSpec.Score spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), false);

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(spec, texts("prompt", "x".repeat(20), "b")))
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(open).hasSize(3).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void aFailedWindowFailsItsRow() {
    engine.onScore =
        request ->
            request.context().length > 1
                ? CompletableFuture.failedFuture(
                    new PromptmillException(ErrorCode.ENGINE_FAILED, "step failed"))
                : CompletableFuture.completedFuture(
                    new ScoreResult(List.of(new ContinuationScore(-1, true, new float[0])), 1, 0));
    InferSpec.Score spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), false);

    assertThat(run(spec, texts("prompt", "x".repeat(20), "b")))
        .extracting(ScoreUdfTest::outcome)
        .containsExactly("ENGINE_FAILED", "[-1.0]");
  }

  @Test
  void anInstructionIsATurnWhoseAnswersBeginAsTheTemplateHasThem() {
    InferSpec.Score spec =
        new InferSpec.Score(
            new PromptSpec(new PromptSource.Instruction("Say {prompt}"), false, null),
            new CandidateSource.Fixed(List.of("b")),
            false);
    ChatEncoder chat =
        (turns, open) -> {
          StringBuilder text = new StringBuilder();
          turns.forEach(turn -> text.append(turn.role().charAt(0)).append(": " + turn.content()));
          return tokenizer.encode(text + (open ? "a:" : ""));
        };

    run(new OpenModel(engine, tokenizer, Optional.of(chat)), spec, texts("prompt", "x"));
    run(model(), spec, texts("prompt", "x"));

    Request.Score turn = (Request.Score) engine.requests.get(0);
    assertThat(turn.context()).endsWith(tokenizer.encode("u: Say xa:"));
    assertThat(turn.continuations().get(0)).isEqualTo(tokenizer.encode(" b"));
    Request.Score plain = (Request.Score) engine.requests.get(1);
    assertThat(plain.continuations().get(0)).isEqualTo(tokenizer.encode("\nb"));
  }

  private static InferSpec.Score fixed(String... candidates) {
    return new InferSpec.Score(PROMPT, new CandidateSource.Fixed(List.of(candidates)), false);
  }

  private FieldVector texts(String name, String... values) {
    return Batches.texts(allocator, name, values);
  }

  private OpenModel model() {
    return new OpenModel(engine, tokenizer, Optional.empty());
  }

  /** Fields of each row that are not null. */
  private List<Map<String, ?>> run(InferSpec.Score spec, FieldVector... columns) {
    return run(model(), spec, columns);
  }

  private List<Map<String, ?>> run(OpenModel model, InferSpec.Score spec, FieldVector... columns) {
    try (VectorSchemaRoot input = Batches.of(columns);
        ScoreUdf udf = new ScoreUdf(spec, model, "m");
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      List<Map<String, ?>> rows = new ArrayList<>();
      for (int row = 0; row < result.getRowCount(); row++) {
        rows.add(((StructVector) result.getVector("scores")).getObject(row));
      }
      return rows;
    }
  }

  private static String outcome(Map<String, ?> row) {
    return row.get("error") instanceof Map<?, ?> error
        ? error.get("category").toString()
        : row.get("loglikelihoods").toString();
  }
}
