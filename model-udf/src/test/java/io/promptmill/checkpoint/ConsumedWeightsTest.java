package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumedWeightsTest {
  @TempDir Path folder;
  private CheckpointDirectory checkpoint;
  private ConsumedWeights consumed;

  @BeforeEach
  void open() throws Exception {
    TinyCheckpoint.single().writeTo(folder);
    checkpoint = CheckpointDirectory.open(folder.toString(), new Configuration(false));
    consumed = new ConsumedWeights(checkpoint.weights());
  }

  @AfterEach
  void close() {
    checkpoint.close();
  }

  @Test
  void acceptsAModelThatTakesEverything() {
    assertThat(consumed.take("small", 3, 5).name()).isEqualTo("small");
    consumed.take("half", 7);
    consumed.take("scalar");
    consumed.requireNoneLeft(name -> false);
  }

  @Test
  void namesLeftoversWithTheirFiles() {
    consumed.take("half", 7);
    assertThatThrownBy(() -> consumed.requireNoneLeft(name -> false))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(
            "2 left over", "scalar in model.safetensors", "small in model.safetensors")
        .hasMessageNotContaining("half");
  }

  @Test
  void passesOverWhatMayBeIgnored() {
    consumed.take("half", 7);
    consumed.take("small", 3, 5);
    consumed.requireNoneLeft(name -> name.equals("scalar"));
  }

  @Test
  void namesFileTensorExpectedAndFoundShape() {
    assertThatThrownBy(() -> consumed.take("small", 5, 3))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(
            "model.safetensors", "tensor small", "expected shape [5, 3]", "found [3, 5]");
    assertThatThrownBy(() -> consumed.take("ghost", 1))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("tensor ghost");
  }
}
