package io.promptmill.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class GraphSessionTest {

  @Test
  void weightsMayBeLargerThanAnyMultipleOfTheJavaHeap() {
    try (GraphSession session = new GraphSession(DevicePlacement.of(List.of("cpu")), 1)) {
      assertThat(session.runner()).isNotNull();
      assertThat(Pointer.maxPhysicalBytes()).isZero();
    }
  }
}
