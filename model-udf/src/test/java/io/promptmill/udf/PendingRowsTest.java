package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingRowsTest {

  @Test
  void aRowThatCannotBeReadEndsAloneWithTheReason() {
    try (PendingRows<String> rows = new PendingRows<>()) {
      rows.submit(() -> CompletableFuture.completedFuture("before"));
      rows.submit(
          () -> {
            throw new IndexOutOfBoundsException("offset 7");
          });
      rows.submit(() -> CompletableFuture.completedFuture("after"));

      assertThat(rows.await(0).result()).isEqualTo("before");
      assertThat(rows.await(1).error().category()).isEqualTo(ErrorCode.PROMPT_INVALID);
      assertThat(rows.await(1).error().message()).contains("cannot be read", "offset 7");
      assertThat(rows.await(2).result()).isEqualTo("after");
    }
  }
}
