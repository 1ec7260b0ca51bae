package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedModelsTest {
  private final Configuration conf = new Configuration(false);

  @ParameterizedTest
  @ValueSource(strings = {"demo", "tiny-random"})
  void anEmbeddedModelOpensByItsName(String name) {
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(name, conf)) {
      assertThat(checkpoint.uri()).isEqualTo("classpath:promptmill/models/" + name);
      assertThat(checkpoint.config().string("model_type")).isEqualTo("deepseek_v2");
    }
  }

  @Test
  void whatIsNoNameOfAnEmbeddedModelIsAUri() {
    assertThat(EmbeddedModels.resolve("./demo")).isEqualTo("./demo");
    assertThat(EmbeddedModels.resolve("file:/models/demo")).isEqualTo("file:/models/demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demon", "file:/no/such/folder", "classpath:promptmill/models/demon"})
  void theErrorAboutAMissingCheckpointNamesTheEmbeddedOnes(String uri) {
    assertThatThrownBy(() -> CheckpointDirectory.open(uri, conf))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(uri, "embedded models: demo, tiny-random");
  }
}
