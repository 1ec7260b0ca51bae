package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomCheckpointTest {
  private static final Configuration CONF = new Configuration(false);

  /** DeepSeek-V2-Lite with everything but the number of layers, experts and words made small. */
  private static final HfConfig SMALL =
      RandomCheckpoint.deepseekV2Lite(3)
          .with("vocab_size", 100)
          .with("hidden_size", 64)
          .with("intermediate_size", 48)
          .with("num_attention_heads", 2)
          .with("kv_lora_rank", 16)
          .with("qk_nope_head_dim", 8)
          .with("qk_rope_head_dim", 4)
          .with("v_head_dim", 8)
          .with("moe_intermediate_size", 24)
          .with("n_routed_experts", 4);

  @TempDir Path folder;

  @Test
  void hasTheNamesAndShapesOfV2Lite() {
    List<RandomTensor> tensors = RandomDeepseekV2.tensors(RandomCheckpoint.deepseekV2Lite(27));
    Map<String, List<Long>> shapes =
        tensors.stream().collect(Collectors.toMap(RandomTensor::name, RandomTensor::shape));
    assertThat(shapes)
        .hasSize(5291)
        .containsEntry("model.embed_tokens.weight", List.of(102400L, 2048L))
        .containsEntry("model.layers.0.mlp.down_proj.weight", List.of(2048L, 10944L))
        .containsEntry("model.layers.0.self_attn.q_proj.weight", List.of(3072L, 2048L))
        .containsEntry("model.layers.1.self_attn.kv_a_proj_with_mqa.weight", List.of(576L, 2048L))
        .containsEntry("model.layers.1.self_attn.kv_b_proj.weight", List.of(4096L, 512L))
        .containsEntry("model.layers.1.mlp.gate.weight", List.of(64L, 2048L))
        .containsEntry("model.layers.26.mlp.experts.63.up_proj.weight", List.of(1408L, 2048L))
        .containsEntry(
            "model.layers.26.mlp.shared_experts.down_proj.weight", List.of(2048L, 2816L));
    // The published checkpoint's metadata.total_size.
    assertThat(tensors.stream().mapToLong(t -> t.stored().bytes()).sum())
        .isEqualTo(31_412_968_448L);
  }

  @Test
  void hasExactlyTheNamesOfThePublishedIndex() throws Exception {
    Path index = shared("data/configs/deepseek-v2-lite/model.safetensors.index.json");
    assertThat(
            RandomDeepseekV2.tensors(RandomCheckpoint.deepseekV2Lite(27)).stream()
                .map(RandomTensor::name))
        .containsExactlyInAnyOrderElementsOf(
            ShardIndex.parse(Files.readString(index)).shardOf().keySet());
  }

  @Test
  void describesV2LiteAsPublished() throws Exception {
    Path published = shared("data/configs/deepseek-v2-lite/config.json");
    JsonNode config = StrictJson.object(Files.readString(published), "published");
    JsonNode ours = StrictJson.object(RandomCheckpoint.deepseekV2Lite(27).toJson(), "ours");
    ours.properties()
        .forEach(field -> assertThat(field.getValue()).isEqualTo(config.get(field.getKey())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2-lite-tiny", "v2-full-tiny", "v2-norope-scaling-tiny"})
  void hasNamesAndShapesOfCheckpointsThatTransformersWrote(String name) throws Exception {
    Path model = shared("goldens/models/" + name);
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(model.toString(), CONF)) {
      WeightSource weights = checkpoint.weights();
      Map<String, List<Long>> published =
          weights.names().stream()
              .collect(Collectors.toMap(Function.identity(), n -> weights.entry(n).shape()));
      assertThat(RandomDeepseekV2.tensors(checkpoint.config()))
          .extracting(RandomTensor::name, RandomTensor::shape)
          .containsExactlyInAnyOrderElementsOf(
              published.entrySet().stream().map(e -> tuple(e.getKey(), e.getValue())).toList());
    }
  }

  @Test
  void opensWithEveryTensorOfTheConfig() {
    long total = RandomCheckpoint.write(folder.toString(), CONF, SMALL, 7, 20_000);
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(folder.toString(), CONF)) {
      WeightSource weights = checkpoint.weights();
      ConsumedWeights consumed = new ConsumedWeights(weights);
      for (RandomTensor tensor : RandomDeepseekV2.tensors(SMALL)) {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        assertThat(consumed.take(tensor.name(), shape).dtype()).isEqualTo(DType.BF16);
      }
      consumed.requireNoneLeft(name -> false);
      assertThat(weights.names().stream().mapToLong(n -> weights.entry(n).bytes()).sum())
          .isEqualTo(total);
      assertThat(weights.names().stream().map(n -> weights.entry(n).file()).distinct())
          .hasSizeGreaterThan(2);
      assertThat(checkpoint.config().integer("num_hidden_layers")).isEqualTo(3);
    }
  }

  @Test
  void fillsTensorsWithTheirMeanAndDeviation() {
    RandomCheckpoint.write(folder.toString(), CONF, SMALL, 7);
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(folder.toString(), CONF)) {
      requireMoments(checkpoint, "model.embed_tokens.weight", 0, 1);
      requireMoments(checkpoint, "model.layers.0.mlp.gate_proj.weight", 0, 1.2 / 8);
      requireMoments(checkpoint, "lm_head.weight", 0, 2.0 / 8);
      requireMoments(checkpoint, "model.norm.weight", 1, 0.1);
    }
  }

  @Test
  void writesEqualBytesForEqualSeedsOnly() throws Exception {
    for (int seed : new int[] {1, 2}) {
      RandomCheckpoint.write(folder.resolve("a" + seed).toString(), CONF, SMALL, seed);
      RandomCheckpoint.write(folder.resolve("b" + seed).toString(), CONF, SMALL, seed);
    }
    String shard = "model-00001-of-000001.safetensors";
    byte[] one = Files.readAllBytes(folder.resolve("a1").resolve(shard));
    assertThat(Files.readAllBytes(folder.resolve("b1").resolve(shard))).isEqualTo(one);
    assertThat(Files.readAllBytes(folder.resolve("a2").resolve(shard))).isNotEqualTo(one);
  }

  @Test
  void neverOverwritesACheckpoint() {
    RandomCheckpoint.write(folder.toString(), CONF, SMALL, 1);
    assertThatThrownBy(() -> RandomCheckpoint.write(folder.toString(), CONF, SMALL, 2))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining(folder.toString());
  }

  @Test
  void roundsToTheNearestBf16WithTiesToEven() {
    assertThat(RandomBf16.bf16(1f)).isEqualTo(0x3f80);
    assertThat(RandomBf16.bf16(Float.intBitsToFloat(0x3f808000))).isEqualTo(0x3f80);
    assertThat(RandomBf16.bf16(Float.intBitsToFloat(0x3f818000))).isEqualTo(0x3f82);
    assertThat(RandomBf16.bf16(Float.intBitsToFloat(0x3f808001))).isEqualTo(0x3f81);
    assertThat(RandomBf16.bf16(-2f)).isEqualTo(0xc000);
  }

  private static void requireMoments(
      CheckpointDirectory checkpoint, String name, double mean, double deviation) {
    ByteBuffer target =
        ByteBuffer.allocate((int) checkpoint.weights().entry(name).bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    checkpoint.weights().read(List.of(new TensorRead(name, 0, target)));
    int count = target.capacity() / 2;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = Float.intBitsToFloat(target.getShort(2 * i) << 16);
      sum += value;
      squares += value * value;
    }
    double error = 4 * deviation / Math.sqrt(count);
    assertThat(sum / count).as(name).isCloseTo(mean, within(error));
    double variance = squares / count - sum / count * sum / count;
    assertThat(Math.sqrt(variance)).as(name).isCloseTo(deviation, within(error));
  }

  private static Path shared(String path) {
    Path shared = Path.of(System.getProperty("promptmill.shared", "absent")).resolve(path);
    Assumptions.assumeTrue(Files.exists(shared), () -> "no " + shared);
    return shared;
  }
}
