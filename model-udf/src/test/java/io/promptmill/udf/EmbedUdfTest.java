package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.engine.Pooling;
import io.promptmill.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Embeddings and token counts. */
class EmbedUdfTest {
  private static final PromptSpec TEXT =
      new PromptSpec(new PromptSource.Column("text"), false, null);

  private final BufferAllocator allocator = new RootAllocator();
  private final FakeEngine engine = new FakeEngine(16);
  private final OpenModel model = new OpenModel(engine, new TinyTokenizer(true), Optional.empty());

  /** Throws if any buffer was not released. */
  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  private List<Map<String, ?>> run(ArrowUdf udf, InferSpec spec, String... texts) {
    try (VectorSchemaRoot input = Batches.of(Batches.texts(allocator, "text", texts));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      assertThat(udf.outputSchema()).isEqualTo(ResultSchemas.of(spec));
      assertThat(result.getSchema()).isEqualTo(udf.outputSchema());
      List<Map<String, ?>> rows = new ArrayList<>();
      for (int row = 0; row < result.getRowCount(); row++) {
        rows.add(((StructVector) result.getVector(0)).getObject(row));
      }
      return rows;
    }
  }

  @Test
  void embedsTextsWithTheTokenThatTheModelWantsBeforeThem() {
    InferSpec.Embed spec = new InferSpec.Embed(TEXT, Pooling.LAST);

    List<Map<String, ?>> rows = run(new EmbedUdf(spec, model, "m"), spec, "ab", null);

    int[] prompt = ((Request.Embed) engine.requests.get(0)).prompt();
    assertThat(rows.get(0).get("values"))
        .isEqualTo(List.of((float) prompt[0], (float) prompt[1], (float) prompt[2]));
    assertThat(rows.get(0).get("prompt_tokens")).isEqualTo(3);
    assertThat(rows.get(0).get("cached_tokens")).isEqualTo(1);
    assertThat(rows.get(1).get("error")).asString().contains("PROMPT_INVALID");
  }

  @Test
  void theEngineIsAskedForThePoolingOfTheSpec() {
    InferSpec.Embed spec = new InferSpec.Embed(TEXT, Pooling.MEAN);

    run(new EmbedUdf(spec, model, "m"), spec, "ab");

    assertThat(((Request.Embed) engine.requests.get(0)).pooling()).isEqualTo(Pooling.MEAN);
  }

  @Test
  void aTextThatIsTooLongFailsAlone() {
    InferSpec.Embed spec = new InferSpec.Embed(TEXT, Pooling.LAST);

    List<Map<String, ?>> rows = run(new EmbedUdf(spec, model, "m"), spec, "x".repeat(20), "a");

    assertThat(rows.get(0).get("error")).asString().contains("PROMPT_TOO_LONG");
    assertThat(rows.get(1).get("error")).isNull();
  }

  @Test
  void countsTheTokensOfTheTextAlone() {
    InferSpec.CountTokens spec = new InferSpec.CountTokens(TEXT);
    CheckpointText text = new CheckpointText(new TinyTokenizer(true), Optional.empty(), "r");

    List<Map<String, ?>> rows = run(new CountTokensUdf(spec, text, "m"), spec, "abc", "", null);

    assertThat(rows.get(0).get("count")).isEqualTo(3);
    assertThat(rows.get(1).get("count")).isEqualTo(0);
    assertThat(rows.get(2).get("error")).asString().contains("PROMPT_INVALID");
    assertThat(rows.get(0).get("model_revision")).hasToString("r");
  }
}
