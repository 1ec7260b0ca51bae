package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.concurrent.SubjectInheritingThread;

/** Open models by their spec. Thread-safe. */
final class EngineRegistry {

  private final EngineFactory factory;
  private final ConcurrentMap<ModelSpec, CompletableFuture<OpenModel>> models =
      new ConcurrentHashMap<>();

  EngineRegistry(EngineFactory factory) {
    this.factory = factory;
  }

  /**
   * The open model, shared by all who ask for it. The first one opens it while the others wait; on
   * a thread of its own, so that one killed task does not fail the others. An engine whose thread
   * failed is opened afresh, so that a task's next attempt has one.
   *
   * @throws PromptmillException what the factory threw, to all who waited; the next call tries
   *     again. {@link ErrorCode#ENGINE_FAILED} if the waiting thread is interrupted; it stays so
   */
  OpenModel open(ModelSpec spec, Configuration conf) {
    CompletableFuture<OpenModel> created = new CompletableFuture<>();
    CompletableFuture<OpenModel> present = models.putIfAbsent(spec, created);
    while (present != null) {
      OpenModel open = await(present, spec);
      if (open.engine().isOpen()) {
        return open;
      }
      open.close(); // waits until its memory is free
      models.remove(spec, present);
      present = models.putIfAbsent(spec, created);
    }
    Thread opener =
        new SubjectInheritingThread(() -> open(spec, conf, created), "promptmill-open-model");
    opener.setDaemon(true);
    opener.start();
    return await(created, spec);
  }

  private void open(ModelSpec spec, Configuration conf, CompletableFuture<OpenModel> created) {
    OpenModel model;
    try {
      model = factory.open(spec, conf);
    } catch (RuntimeException | Error e) {
      models.remove(spec, created);
      created.completeExceptionally(e);
      return;
    }
    created.complete(model);
  }

  Optional<EngineStatus> status(ModelSpec spec) {
    CompletableFuture<OpenModel> model = models.get(spec);
    if (model == null || !model.isDone() || model.isCompletedExceptionally()) {
      return Optional.empty();
    }
    OpenModel open = model.join();
    return Optional.of(new EngineStatus(open.info(), open.engine().metrics()));
  }

  /** Closes a model; nothing happens if it is not open. One that is being opened closes then. */
  void close(ModelSpec spec) {
    CompletableFuture<OpenModel> model = models.remove(spec);
    if (model == null) {
      return;
    }
    CompletableFuture<Void> closed = model.thenAccept(OpenModel::close);
    if (model.isDone() && !model.isCompletedExceptionally()) {
      closed.join();
    }
  }

  /** Closes every model, one that is just being opened as soon as it is. */
  void closeAll() {
    RuntimeException failure = null;
    for (ModelSpec spec : List.copyOf(models.keySet())) {
      try {
        close(spec);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static OpenModel await(CompletableFuture<OpenModel> model, ModelSpec spec) {
    try {
      return model.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED, "interrupted while " + spec.uri() + " was opened", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PromptmillException failure) {
        throw new PromptmillException(failure.code(), failure.getMessage(), failure);
      }
      throw new PromptmillException(
          ErrorCode.ENGINE_FAILED,
          "model " + spec.uri() + " could not be opened: " + e.getCause(),
          e.getCause());
    }
  }
}
