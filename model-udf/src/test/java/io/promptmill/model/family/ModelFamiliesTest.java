package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that are not the model that their config says are refused by name. */
class ModelFamiliesTest {
  private static final Path ORIGINAL = Path.of("src/test/resources/golden/v2-full");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private PromptmillException refusal(Consumer<ObjectNode> change) throws IOException {
    try (Stream<Path> files = Files.list(ORIGINAL)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    File config = folder.resolve("config.json").toFile();
    ObjectNode fields = (ObjectNode) JSON.readTree(config);
    change.accept(fields);
    JSON.writeValue(config, fields);
    PromptmillException[] caught = new PromptmillException[1];
    try (CheckpointDirectory checkpoint =
        CheckpointDirectory.open(folder.toUri().toString(), new Configuration())) {
      assertThatThrownBy(() -> open(checkpoint, 1 << 24))
          .isInstanceOfSatisfying(PromptmillException.class, e -> caught[0] = e);
    }
    return caught[0];
  }

  private static CausalLm open(CheckpointDirectory checkpoint, long cacheBytes) {
    return ModelFamilies.open(
        checkpoint, new ModelOptions("float32", List.of("cpu"), cacheBytes, 64, 1));
  }

  @Test
  void refusesAnUnknownArchitectureAndListsTheSupportedOnes() throws IOException {
    PromptmillException e =
        refusal(config -> config.putArray("architectures").add("GPT2LMHeadModel"));
    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNSUPPORTED);
    assertThat(e)
        .hasMessageContaining("config.json")
        .hasMessageContaining("supported are [DeepseekV2ForCausalLM]")
        .hasMessageContaining("found [GPT2LMHeadModel]");
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_act, gelu, silu",
    "scoring_func, sigmoid, softmax",
    "topk_method, noaux_tc, group_limited_greedy"
  })
  void refusesSettingsOfOtherModels(String field, String value, String supported)
      throws IOException {
    PromptmillException e = refusal(config -> config.put(field, value));
    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNSUPPORTED);
    assertThat(e)
        .hasMessageContaining("config.json: field " + field)
        .hasMessageContaining(supported)
        .hasMessageContaining("found " + value);
  }

  @Test
  void refusesAnotherRotaryScaling() throws IOException {
    PromptmillException e =
        refusal(config -> ((ObjectNode) config.get("rope_scaling")).put("type", "linear"));
    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNSUPPORTED);
    assertThat(e).hasMessageContaining("supported is yarn, found linear");
  }

  @Test
  void namesAMissingField() throws IOException {
    PromptmillException e = refusal(config -> config.remove("kv_lora_rank"));
    assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(e).hasMessageContaining("config.json").hasMessageContaining("kv_lora_rank");
  }

  @Test
  void namesGroupsThatDoNotDivideTheExperts() throws IOException {
    PromptmillException e = refusal(config -> config.put("n_group", 7));
    assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(e)
        .hasMessageContaining("n_group to divide n_routed_experts")
        .hasMessageContaining("7");
  }

  @Test
  void namesATensorOfAnotherShape() throws IOException {
    PromptmillException e =
        refusal(config -> config.put("vocab_size", config.get("vocab_size").intValue() + 1));
    assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(e)
        .hasMessageContaining("model.embed_tokens.weight")
        .hasMessageContaining("expected shape");
  }

  @Test
  void namesATensorThatIsMissing() throws IOException {
    PromptmillException e =
        refusal(
            config ->
                config.put("num_hidden_layers", config.get("num_hidden_layers").intValue() + 1));
    assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(e).hasMessageContaining("model.layers.");
  }

  @Test
  void namesTensorsThatAreLeftOver() throws IOException {
    PromptmillException e =
        refusal(
            config ->
                config.put("num_hidden_layers", config.get("num_hidden_layers").intValue() - 1));
    assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(e).hasMessageContaining("left over").hasMessageContaining("model.layers.");
  }

  @Test
  void refusesACacheOfLessThanTwoBlocks() {
    try (CheckpointDirectory checkpoint =
        CheckpointDirectory.open(ORIGINAL.toUri().toString(), new Configuration())) {
      assertThatThrownBy(() -> open(checkpoint, 1000))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
          .hasMessageContaining("two blocks of 16 tokens")
          .hasMessageContaining("found 1000");
    }
  }
}
