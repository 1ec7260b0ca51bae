package io.promptmill.spark.plan;

import io.promptmill.udf.ArrowUdf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  private final List<ArrowUdf> udfs;
  private final BufferAllocator allocator;
  private final int capacity;
  private final ExecutorService workers;
  private final Deque<InFlight> window = new ArrayDeque<>();

  private record InFlight(InputBatch batch, List<Future<VectorSchemaRoot>> outputs) {}

  /**
   * @param udfs one for each call
   * @param allocator results' buffers come from it; closed by the caller, after this
   * @param capacity batches in flight at most; each has a thread for each call
   */
  BatchPipeline(List<ArrowUdf> udfs, BufferAllocator allocator, int capacity, String name) {
    this.udfs = List.copyOf(udfs);
    this.allocator = allocator;
    this.capacity = capacity;
    AtomicInteger next = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            capacity * udfs.size(),
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
    List<Future<VectorSchemaRoot>> outputs = new ArrayList<>();
    for (int i = 0; i < udfs.size(); i++) {
      ArrowUdf udf = udfs.get(i);
      RequestBatch requests = batch.requests().get(i);
      outputs.add(workers.submit(() -> compute(udf, requests)));
    }
    window.add(new InFlight(batch, outputs));
  }

  private VectorSchemaRoot compute(ArrowUdf udf, RequestBatch requests) {
    try (requests) {
      return requests.size() == 0
          ? VectorSchemaRoot.create(udf.outputSchema(), allocator)
          : udf.apply(requests.columns(), allocator);
    }
  }

  /**
   * Waits for the oldest batch.
   *
   * @param whileWaiting called every now and then; what it throws ends the wait
   * @return the results of each call, which the caller closes
   * @throws ExecutionException if a function failed, with its exception as the cause
   */
  List<VectorSchemaRoot> take(Runnable whileWaiting)
      throws ExecutionException, InterruptedException {
    InFlight oldest = window.element();
    for (Future<VectorSchemaRoot> output : oldest.outputs()) {
      await(output, whileWaiting);
    }
    window.remove();
    List<VectorSchemaRoot> outputs = new ArrayList<>();
    for (Future<VectorSchemaRoot> output : oldest.outputs()) {
      outputs.add(output.get());
    }
    return outputs;
  }

  private static void await(Future<VectorSchemaRoot> output, Runnable whileWaiting)
      throws ExecutionException, InterruptedException {
    while (true) {
      try {
        output.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        return;
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
      left.outputs().stream().filter(Future::isDone).forEach(BatchPipeline::release);
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
