package io.promptmill.spark.plan;

import io.promptmill.udf.ArrowUdf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Computes several batches of one task at the same time and gives them back in the order of
 * submission. Used by the task's thread alone.
 */
final class BatchPipeline implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final ArrowUdf udf;
  private final BufferAllocator allocator;
  private final int capacity;
  private final ExecutorService workers;
  private final Deque<InFlight> window = new ArrayDeque<>();

  private record InFlight(InputBatch batch, Future<VectorSchemaRoot> output) {}

  /**
   * @param allocator results' buffers come from it; closed by the caller, after this
   * @param capacity batches in flight at most, and threads
   */
  BatchPipeline(ArrowUdf udf, BufferAllocator allocator, int capacity, String name) {
    this.udf = udf;
    this.allocator = allocator;
    this.capacity = capacity;
    AtomicInteger next = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            capacity,
            body -> {
              Thread thread = new Thread(body, name + "-" + next.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  boolean isFull() {
    return window.size() >= capacity;
  }

  boolean isEmpty() {
    return window.isEmpty();
  }

  /** Takes over the batch: its Arrow buffers are released when it is computed. */
  void submit(InputBatch batch) {
    window.add(new InFlight(batch, workers.submit(() -> compute(batch))));
  }

  private VectorSchemaRoot compute(InputBatch batch) {
    try {
      return udf.apply(batch.columns(), allocator);
    } finally {
      batch.close();
    }
  }

  /**
   * Waits for the oldest batch.
   *
   * @param whileWaiting called every now and then; what it throws ends the wait
   * @return the batch's rows with their results, which the caller closes
   * @throws ExecutionException if the function failed, with its exception as the cause
   */
  OutputBatch take(Runnable whileWaiting) throws ExecutionException, InterruptedException {
    InFlight oldest = window.element();
    while (true) {
      try {
        VectorSchemaRoot output = oldest.output().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        window.remove();
        return new OutputBatch(oldest.batch(), output);
      } catch (TimeoutException notYet) {
        whileWaiting.run();
      }
    }
  }

  InputBatch oldest() {
    return window.element().batch();
  }

  /** Interrupts what runs, waits for it to end, and releases all buffers. */
  @Override
  public void close() {
    workers.shutdownNow();
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = workers.awaitTermination(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true; // the buffers belong to running calls: leaving them behind would leak
      }
    }
    for (InFlight left : window) {
      left.batch().close();
      if (left.output().isDone()) {
        release(left.output());
      }
    }
    window.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void release(Future<VectorSchemaRoot> output) {
    try {
      output.get().close();
    } catch (ExecutionException | InterruptedException noOutput) {
      // a call that failed or was interrupted has given no buffers
    }
  }
}
