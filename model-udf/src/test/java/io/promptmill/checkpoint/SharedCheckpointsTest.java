package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optional extra: checkpoints that another implementation wrote; skipped where they are absent. */
class SharedCheckpointsTest {

  @ParameterizedTest
  @ValueSource(strings = {"v2-lite-tiny", "v2-full-tiny", "v2-norope-scaling-tiny", "v2-lite-eval"})
  void opensCheckpointsThatTransformersWrote(String name) throws Exception {
    Path shared = Path.of(System.getProperty("promptmill.shared", "absent"));
    Path folder = shared.resolve("goldens/models").resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no " + folder);
    try (CheckpointDirectory checkpoint =
        CheckpointDirectory.open(folder.toString(), new Configuration())) {
      assertThat(checkpoint.config().strings("architectures"))
          .containsExactly("DeepseekV2ForCausalLM");
      WeightSource weights = checkpoint.weights();
      long hidden = checkpoint.config().integer("hidden_size");
      TensorEntry norm = weights.entry("model.norm.weight");
      assertThat(norm.shape()).containsExactly(hidden);
      ByteBuffer target =
          ByteBuffer.allocateDirect((int) norm.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      weights.read(List.of(new TensorRead("model.norm.weight", 0, target)));
      // A norm's weights are near one, whose bf16 bits are 0x3f80.
      assertThat(target.getShort(0) & 0xff00).isEqualTo(0x3f00);
    }
  }
}
