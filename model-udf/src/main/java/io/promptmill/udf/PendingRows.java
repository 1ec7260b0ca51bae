package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The rows of one batch that the engine works on, in order. Closing cancels what is not done. */
final class PendingRows<T> implements AutoCloseable {

  /** How one row ended: exactly one of the two is there. */
  record Outcome<T>(T result, RowError error) {}

  private final List<CompletableFuture<T>> rows = new ArrayList<>();

  /**
   * Adds the next row; whatever goes wrong on its way to the engine ends it alone, a failure
   * without a category as {@link ErrorCode#PROMPT_INVALID}.
   */
  void submit(Supplier<CompletableFuture<T>> request) {
    CompletableFuture<T> row;
    try {
      row = request.get();
    } catch (PromptmillException e) {
      row = CompletableFuture.failedFuture(e);
    } catch (RuntimeException e) {
      row =
          CompletableFuture.failedFuture(
              new PromptmillException(ErrorCode.PROMPT_INVALID, "the row cannot be read: " + e, e));
    }
    rows.add(row);
  }

  /**
   * Waits for a row.
   *
   * @throws PromptmillException if the failure is not the row's own, such as {@link
   *     ErrorCode#ENGINE_CLOSED}; with {@link ErrorCode#ENGINE_FAILED} if the thread is
   *     interrupted, which it stays
   */
  Outcome<T> await(int row) {
    try {
      return new Outcome<>(rows.get(row).get(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "interrupted while row " + row + " of a batch of " + rows.size() + " was computed",
          e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (!(cause instanceof PromptmillException failure)) {
        throw new PromptmillException(
            ErrorCode.ENGINE_FAILED, "row " + row + " of a batch failed: " + cause, cause);
      }
      if (!RowError.concernsOneRow(failure.code())) {
        throw new PromptmillException(failure.code(), failure.getMessage(), failure);
      }
      return new Outcome<>(null, RowError.of(failure));
    }
  }

  @Override
  public void close() {
    for (CompletableFuture<T> row : rows) {
      row.cancel(false);
    }
  }
}
