package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.checkpoint.HfConfig;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepSeekV2ConfigTest {
  private static final File PUBLISHED = new File("src/test/resources/golden/v2-full/config.json");

  private static ObjectNode published() throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(PUBLISHED);
  }

  private static DeepSeekV2Config read(ObjectNode fields) {
    return DeepSeekV2Config.of(HfConfig.parse(fields.toString(), "config.json"));
  }

  @Test
  void readsRotarySettingsWhereTransformers5WritesThem() throws IOException {
    ObjectNode older = published().put("rope_theta", 50_000);
    ObjectNode newer = older.deepCopy();
    ObjectNode rope = (ObjectNode) newer.remove("rope_scaling");
    rope.set("rope_type", rope.remove("type"));
    rope.set("rope_theta", newer.remove("rope_theta"));
    newer.set("rope_parameters", rope);
    assertThat(read(newer)).isEqualTo(read(older));
    assertThat(read(newer).rotaryBase()).isEqualTo(50_000);
    assertThat(read(newer).yarn()).isPresent();
  }

  @Test
  void aDefaultRotaryTypeIsNoScaling() throws IOException {
    ObjectNode fields = published();
    fields.remove("rope_scaling");
    fields.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 10_000);
    assertThat(read(fields).yarn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "num_hidden_layers, 0, at least 1",
    "max_position_embeddings, -1, at least 1",
    "kv_lora_rank, 0, at least 1",
    "moe_layer_freq, 0, at least 1",
    "qk_rope_head_dim, 7, even",
    "num_experts_per_tok, 0, at least 1",
    "num_experts_per_tok, 1000, at most n_routed_experts"
  })
  void refusesSizesThatNoModelCanHave(String field, int value, String expected) throws IOException {
    ObjectNode fields = published().put(field, value);
    assertThatThrownBy(() -> read(fields))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageStartingWith("config.json: expected " + field + " to be " + expected)
        .hasMessageEndingWith("found " + value);
  }
}
