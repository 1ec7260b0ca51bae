package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.engine.ContinuousBatchingEngine;
import io.promptmill.engine.EmbedResult;
import io.promptmill.engine.Engine;
import io.promptmill.engine.EngineOptions;
import io.promptmill.engine.Pooling;
import io.promptmill.engine.Request;
import io.promptmill.model.ModelOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Embeddings through the engine are the original implementation's last hidden states, pooled. */
class GoldenEmbeddingTest {
  /** The prompt of which the fixtures have hidden states. */
  private static final int PROMPT = 3;

  static List<Golden> goldens() {
    return Golden.all();
  }

  static List<Golden> someGoldens() {
    return List.of(Golden.shipped().get(0), Golden.demo());
  }

  private static Engine engine(CheckpointDirectory checkpoint, int stepTokens) {
    return new ContinuousBatchingEngine(
        ModelFamilies.open(
            checkpoint, new ModelOptions("float32", List.of("cpu"), 32 << 20, stepTokens, 2)),
        new EngineOptions(stepTokens, 16, 4096, true, new int[] {1}));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void bothPoolingsAreTheReferences(Golden golden) {
    try (CheckpointDirectory checkpoint = golden.open();
        Engine engine = engine(checkpoint, 256)) {
      int[] prompt = golden.prompts().get(PROMPT);
      int layers = checkpoint.config().integer("num_hidden_layers");
      float[] states = golden.tensor("hidden.%d.%d".formatted(PROMPT, layers));
      int width = states.length / prompt.length;
      double[] mean = new double[width];
      float[] last = new float[width];
      for (int i = 0; i < states.length; i++) {
        mean[i % width] += states[i] / (double) prompt.length;
        last[i % width] = states[i];
      }

      EmbedResult meanResult = engine.submit(new Request.Embed(prompt, Pooling.MEAN)).join();
      EmbedResult lastResult = engine.submit(new Request.Embed(prompt, Pooling.LAST)).join();

      assertThat(meanResult.hidden()).hasSize(width);
      for (int i = 0; i < width; i++) {
        assertThat((double) meanResult.hidden()[i]).isEqualTo(mean[i], within(1e-3));
        assertThat(lastResult.hidden()[i]).isEqualTo(last[i], within(1e-3f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("someGoldens")
  void meansAreTheSameBitsInSmallChunksAndInCompany(Golden golden) {
    try (CheckpointDirectory checkpoint = golden.open();
        Engine whole = engine(checkpoint, 256);
        Engine chunked = engine(checkpoint, 11)) {
      List<CompletableFuture<EmbedResult>> together =
          golden.prompts().stream()
              .map(prompt -> chunked.submit(new Request.Embed(prompt, Pooling.MEAN)))
              .toList();
      for (int i = 0; i < together.size(); i++) {
        int[] prompt = golden.prompts().get(i);
        EmbedResult alone = whole.submit(new Request.Embed(prompt, Pooling.MEAN)).join();
        assertThat(together.get(i).join().hidden()).as(golden + " " + i).isEqualTo(alone.hidden());
      }
    }
  }
}
