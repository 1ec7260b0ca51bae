package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.SamplingParams;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The packaged checkpoint's own tokenizer, template and settings around a model that counts. */
class CheckpointEngineFactoryTest {

  private static final String TINY = "classpath:promptmill/models/tiny-random";

  private final Configuration conf = new Configuration(false);

  @Test
  void joinsTokenizerTemplateEosAndEngine() {
    CheckpointEngineFactory factory =
        new CheckpointEngineFactory((checkpoint, spec) -> new CountingLm(2048));
    try (BufferAllocator allocator = new RootAllocator();
        OpenModel model = factory.open(spec(0), conf)) {
      int eos = model.tokenizer().eosTokenId();
      SamplingParams params = SamplingParams.greedy(4096);
      InferSpec.Generate generate =
          new InferSpec.Generate(
              new PromptSpec(new PromptSource.Column("prompt"), false, null), params, List.of());
      try (VectorSchemaRoot input = Batches.of(Batches.texts(allocator, "prompt", "z"));
          VectorSchemaRoot result =
              new GenerateUdf(generate, model, TINY).apply(input, allocator)) {
        Map<String, ?> row = ((StructVector) result.getVector("response")).getObject(0);
        List<?> ids = (List<?>) row.get("token_ids");

        assertThat(row.get("finish_reason")).hasToString("stop");
        assertThat(row.get("prompt_tokens")).isEqualTo(2);
        assertThat(ids.get(ids.size() - 1)).isEqualTo(eos - 1);
      }
      int[] chat = model.chat().orElseThrow().encode(List.of(new ChatMessage("user", "hi")), true);
      assertThat(model.tokenizer().decode(chat, false))
          .isEqualTo("<｜begin▁of▁sentence｜>User: hi\n\nAssistant:");
      assertThat(model.maxSequenceTokens()).isEqualTo(4096);
    }
  }

  @Test
  void aLimitOnSequencesHolds() {
    CheckpointEngineFactory factory =
        new CheckpointEngineFactory((checkpoint, spec) -> new CountingLm(2048));
    try (OpenModel model = factory.open(spec(100), conf)) {
      assertThat(model.maxSequenceTokens()).isEqualTo(100);
    }
  }

  @Test
  void closesTheModelIfTheTokenizerHasMoreIdsThanItsLogits() {
    CountingLm small = new CountingLm(1000);
    CheckpointEngineFactory factory = new CheckpointEngineFactory((checkpoint, spec) -> small);

    assertThatThrownBy(() -> factory.open(spec(0), conf))
        .hasMessageContaining("expected a tokenizer of at most the model's 1000 ids")
        .isInstanceOfSatisfying(
            PromptmillException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID));
    assertThat(small.closed).isTrue();
  }

  private static ModelSpec spec(int maxSequenceTokens) {
    return new ModelSpec(TINY, "auto", List.of("cpu"), 1 << 20, 64, 8, maxSequenceTokens, 1, true);
  }
}
