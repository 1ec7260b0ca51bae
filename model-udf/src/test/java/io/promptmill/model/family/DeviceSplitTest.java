package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers may be spread over devices; virtual CPU devices stand for GPUs. */
class DeviceSplitTest {
  private static final Golden GOLDEN = Golden.shipped().get(0);

  private static CausalLm open(CheckpointDirectory checkpoint, String dtype, String... devices) {
    return ModelFamilies.open(
        checkpoint, new ModelOptions(dtype, List.of(devices), 16 << 20, 256, 2));
  }

  private static float[][] logits(CausalLm model) {
    int[] prompt = GOLDEN.prompts().get(4);
    return model.step(new Steps(model.kvLayout()).add(prompt, 0, 0).allLogits()).logits();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void logitsOnSeveralDevicesAreThoseOfOne(String dtype) {
    try (CheckpointDirectory checkpoint = GOLDEN.open();
        CausalLm one = open(checkpoint, dtype, "cpu");
        CausalLm two = open(checkpoint, dtype, "cpu:0", "cpu:1");
        CausalLm four = open(checkpoint, dtype, "cpu:0", "cpu:1", "cpu:2", "cpu:3")) {
      float[][] expected = logits(one);
      assertThat(logits(two)).isDeepEqualTo(expected);
      assertThat(logits(four)).isDeepEqualTo(expected);
      assertThat(four.info().devices()).containsExactly("/CPU:0", "/CPU:1", "/CPU:2", "/CPU:3");
    }
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    try (CheckpointDirectory checkpoint = GOLDEN.open()) {
      assertThatThrownBy(() -> open(checkpoint, "float32", "gpu:7"))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
          .hasMessageContaining("/GPU:7 is not available");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "cpu:x", "gpu:-1"})
  void refusesDeviceNamesThatItDoesNotKnow(String name) {
    try (CheckpointDirectory checkpoint = GOLDEN.open()) {
      assertThatThrownBy(() -> open(checkpoint, "float32", name))
          .hasMessageContaining("expected cpu, gpu, cpu:N or gpu:N, found '" + name + "'");
    }
  }

  @Test
  void refusesADeviceNamedTwice() {
    try (CheckpointDirectory checkpoint = GOLDEN.open()) {
      assertThatThrownBy(() -> open(checkpoint, "float32", "cpu", "cpu:0"))
          .hasMessageContaining("'cpu:0' names a device for the second time");
    }
  }
}
