package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelInfo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An engine whose one thread owns the model and runs step after step while there are requests.
 * Futures complete on that thread, after what the request held is free; what depends on them should
 * be short.
 */
public final class ContinuousBatchingEngine implements Engine {

  private sealed interface Message {
    record Submit(Task task) implements Message {}

    record Cancel(Task task) implements Message {}

    record Close() implements Message {}
  }

  private final CausalLm model;
  private final ModelInfo info;
  private final int maxSequenceTokens;
  private final RequestIntake intake;
  private final EngineLoop loop;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final AtomicLong refused = new AtomicLong();
  private final Thread worker;
  private final Object gate = new Object();
  private boolean closed;
  private volatile EngineMetrics metrics;

  /**
   * Starts the engine's thread.
   *
   * @param model owned by the engine from here on, closed with it
   */
  public ContinuousBatchingEngine(CausalLm model, EngineOptions options) {
    this.model = model;
    info = model.info();
    KvLayout layout = model.kvLayout();
    long capacity = (long) layout.blockCount() * layout.blockSize();
    maxSequenceTokens =
        (int) Math.min(capacity, Math.min(options.maxSequenceTokens(), info.maxPositions()));
    intake = new RequestIntake(info.vocabSize(), maxSequenceTokens, options.eosTokenIds());
    loop = new EngineLoop(model, options);
    metrics = loop.metrics();
    worker = new Thread(this::run, "promptmill-engine");
    worker.setDaemon(true);
    worker.start();
  }

  @Override
  public ModelInfo model() {
    return info;
  }

  @Override
  public int maxSequenceTokens() {
    return maxSequenceTokens;
  }

  @Override
  public CompletableFuture<GenerateResult> submit(Request.Generate request) {
    return submit(() -> intake.task(request), GenerateTask::future);
  }

  @Override
  public CompletableFuture<ScoreResult> submit(Request.Score request) {
    return submit(() -> intake.task(request), ScoreTask::future);
  }

  @Override
  public CompletableFuture<EmbedResult> submit(Request.Embed request) {
    return submit(() -> intake.task(request), EmbedTask::future);
  }

  private <T extends Task, R> CompletableFuture<R> submit(
      Supplier<T> intake, Function<T, CompletableFuture<R>> future) {
    T task;
    try {
      task = intake.get();
    } catch (PromptmillException e) {
      return refuse(e);
    }
    return enqueue(task, future.apply(task));
  }

  /** A request that is refused at once counts as done and failed. */
  @Override
  public EngineMetrics metrics() {
    EngineMetrics m = metrics;
    long refusedNow = refused.get();
    int queued = inbox.size();
    return new EngineMetrics(
        m.promptTokens(),
        m.cachedTokens(),
        m.computedTokens(),
        m.completionTokens(),
        m.steps(),
        m.preemptions(),
        m.requestsDone() + refusedNow,
        m.requestsFailed() + refusedNow,
        m.waiting() + queued,
        m.running(),
        m.blocksUsed(),
        m.blocksTotal(),
        m.stepNanos());
  }

  @Override
  public boolean isOpen() {
    synchronized (gate) {
      return !closed;
    }
  }

  @Override
  public void close() {
    synchronized (gate) {
      if (!closed) {
        closed = true;
        inbox.add(new Message.Close());
      }
    }
    boolean interrupted = false;
    // A future's dependent may close the engine from the engine's own thread.
    while (worker.isAlive() && worker != Thread.currentThread()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> CompletableFuture<T> refuse(PromptmillException failure) {
    refused.incrementAndGet();
    return CompletableFuture.failedFuture(failure);
  }

  private <T> CompletableFuture<T> enqueue(Task task, CompletableFuture<T> future) {
    synchronized (gate) {
      if (closed) {
        return refuse(new PromptmillException(ErrorCode.ENGINE_CLOSED, "the engine is closed"));
      }
      inbox.add(new Message.Submit(task));
    }
    CompletableFuture<T> unused =
        future.whenComplete(
            (result, failure) -> {
              if (future.isCancelled()) {
                inbox.add(new Message.Cancel(task));
              }
            });
    return future;
  }

  private void run() {
    Supplier<PromptmillException> reason =
        () -> new PromptmillException(ErrorCode.ENGINE_CLOSED, "the engine was closed");
    try {
      boolean open = true;
      while (open) {
        open = receive();
        if (open && !loop.idle()) {
          loop.step();
        }
        publish();
      }
    } catch (Throwable e) {
      // not ENGINE_FAILED, which is a row's own: these rows can be computed by another engine
      reason =
          () ->
              new PromptmillException(
                  ErrorCode.ENGINE_CLOSED, "the engine's thread failed: " + e, e);
    } finally {
      end(reason);
    }
  }

  /** Takes all messages, waiting for one if there is nothing to do; false once closed. */
  private boolean receive() {
    try {
      Message message = loop.idle() ? inbox.take() : inbox.poll();
      while (message != null) {
        if (message instanceof Message.Submit submit) {
          loop.submit(submit.task());
        } else if (message instanceof Message.Cancel cancel) {
          loop.cancel(cancel.task());
        } else {
          return false;
        }
        message = inbox.poll();
      }
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("the engine's thread was interrupted", e);
    }
  }

  private void end(Supplier<PromptmillException> reason) {
    synchronized (gate) {
      closed = true;
    }
    for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
      if (message instanceof Message.Submit submit) {
        loop.submit(submit.task());
      }
    }
    try {
      model.close();
    } finally {
      try {
        loop.failAll(reason.get());
      } finally {
        publish();
      }
    }
  }

  private void publish() {
    metrics = loop.metrics();
    loop.complete();
  }
}
