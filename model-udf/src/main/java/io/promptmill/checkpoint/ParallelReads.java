package io.promptmill.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs numbered reads on a bounded pool of daemon threads. A run returns only when none of its
 * threads works any more, also when it fails, so that callers may free the memory they lent.
 */
final class ParallelReads implements AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor pool;

  ParallelReads(int threads, String name) {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** What one thread keeps from read to read, such as an open stream. */
  @FunctionalInterface
  interface Reader extends Closeable {
    void read(int number);

    @Override
    default void close() throws IOException {}
  }

  /**
   * Performs the reads {@code 0 … count - 1}, each once, begun in ascending order.
   *
   * @param readers called once by each thread
   * @throws RuntimeException the first failure of a read, after which no further read begins
   * @throws IllegalStateException if this is closed
   * @throws CancellationException if the calling thread was interrupted; it stays so
   */
  void run(int count, Supplier<? extends Reader> readers) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<?>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(count, pool.getCorePoolSize()); i++) {
        workers.add(pool.submit(() -> work(count, next, stop, readers)));
      }
    } catch (RejectedExecutionException e) {
      stop.set(true);
      awaitAll(workers, stop);
      throw new IllegalStateException("the checkpoint is closed", e);
    }
    awaitAll(workers, stop);
  }

  private static Void work(
      int count, AtomicInteger next, AtomicBoolean stop, Supplier<? extends Reader> readers)
      throws IOException {
    try (Reader reader = readers.get()) {
      int number;
      while (!stop.get() && (number = next.getAndIncrement()) < count) {
        reader.read(number);
      }
      return null;
    } finally {
      // Also after the last read: there is nothing left to begin.
      stop.set(true);
    }
  }

  private static void awaitAll(List<Future<?>> workers, AtomicBoolean stop) {
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<?> worker : workers) {
      boolean done = false;
      while (!done) {
        try {
          worker.get();
          done = true;
        } catch (ExecutionException e) {
          failure = failure == null ? e.getCause() : failure;
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
          stop.set(true);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading a checkpoint");
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException("a stream failed to close", failure);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
