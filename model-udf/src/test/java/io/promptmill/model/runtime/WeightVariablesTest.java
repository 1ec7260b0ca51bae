package io.promptmill.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.checkpoint.DType;
import io.promptmill.checkpoint.TensorEntry;
import io.promptmill.checkpoint.TensorRead;
import io.promptmill.checkpoint.WeightSource;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightVariablesTest {

  /** Headers without bytes behind them. */
  private record Headers(Map<String, TensorEntry> entries) implements WeightSource {
    @Override
    public Set<String> names() {
      return entries.keySet();
    }

    @Override
    public TensorEntry entry(String name) {
      return entries.get(name);
    }

    @Override
    public void read(Collection<TensorRead> reads) {
      throw new AssertionError("nothing is to be read");
    }

    @Override
    public void close() {}
  }

  private static TensorEntry entry(String name, DType dtype) {
    return new TensorEntry(name, dtype, List.of(2L, 3L), "model.safetensors", 0, 12);
  }

  @Test
  void refusesToStackTensorsOfDifferentTypesOfOneWidth() {
    WeightSource source =
        new Headers(Map.of("a", entry("a", DType.BF16), "b", entry("b", DType.F16)));
    try (GraphSession session = new GraphSession(DevicePlacement.of(List.of("cpu")), 1)) {
      WeightVariables weights = new WeightVariables(source, Precision.BFLOAT16);
      assertThatThrownBy(() -> weights.stacked(session.on("/CPU:0"), List.of("a", "b"), 2, 3))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
          .hasMessage("model.safetensors: tensor b: expected type BF16 like a, found F16");
    }
  }
}
