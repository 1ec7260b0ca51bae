package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.engine.ContinuousBatchingEngine;
import io.promptmill.engine.Engine;
import io.promptmill.engine.EngineOptions;
import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.StopCondition;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Greedy continuations through the engine are the original implementation's, token for token. */
class GoldenGenerationTest {

  static List<Golden> goldens() {
    return Golden.all();
  }

  private static Engine engine(CheckpointDirectory checkpoint, int stepTokens, boolean cache) {
    CausalLm model =
        ModelFamilies.open(
            checkpoint, new ModelOptions("float32", List.of("cpu"), 32 << 20, stepTokens, 2));
    return new ContinuousBatchingEngine(
        model, new EngineOptions(stepTokens, 16, 4096, cache, new int[] {1}));
  }

  private static CompletableFuture<GenerateResult> submit(Engine engine, int[] prompt, int tokens) {
    SamplingParams params = SamplingParams.greedyToLength(tokens);
    return engine.submit(new Request.Generate(prompt, params, 0, () -> StopCondition.NEVER));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void continuationsOneByOneAreTheReferences(Golden golden) {
    try (CheckpointDirectory checkpoint = golden.open();
        Engine engine = engine(checkpoint, 256, false)) {
      for (int i = 0; i < golden.prompts().size(); i++) {
        int[] expected = golden.greedy().get(i);
        GenerateResult result = submit(engine, golden.prompts().get(i), expected.length).join();
        assertThat(result.completions().get(0).tokenIds()).as(golden + " " + i).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void continuationsInOneBatchOfSmallChunksAreTheReferences(Golden golden) {
    try (CheckpointDirectory checkpoint = golden.open();
        Engine engine = engine(checkpoint, 11, true)) {
      together(golden, engine);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void continuationsOnACachedPrefixAreTheReferences(Golden golden) {
    try (CheckpointDirectory checkpoint = golden.open();
        Engine engine = engine(checkpoint, 256, true)) {
      together(golden, engine);
      assertThat(together(golden, engine)).as("prompt tokens from the cache").isPositive();
    }
  }

  /** Checks all prompts at once and gives the number of prompt tokens that were cached. */
  private static int together(Golden golden, Engine engine) {
    List<CompletableFuture<GenerateResult>> results = new ArrayList<>();
    for (int i = 0; i < golden.prompts().size(); i++) {
      results.add(submit(engine, golden.prompts().get(i), golden.greedy().get(i).length));
    }
    int cached = 0;
    for (int i = 0; i < results.size(); i++) {
      GenerateResult result = results.get(i).join();
      assertThat(result.completions().get(0).tokenIds())
          .as(golden + " " + i)
          .isEqualTo(golden.greedy().get(i));
      cached += result.cachedTokens();
    }
    return cached;
  }
}
