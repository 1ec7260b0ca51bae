package io.promptmill.spark.executor;

import io.promptmill.engine.EngineMetrics;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The models of this JVM. They open with the first row that needs them and stay open until {@link
 * #close}, at the latest when the JVM ends: a model is far dearer to open than to keep. Only a user
 * who wants its model to be alone closes the others.
 */
public final class ExecutorModels implements AutoCloseable {
  private static final ExecutorModels JVM = new ExecutorModels();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JVM::close, "promptmill-close-models"));
  }

  private record Opened(UdfOpener opener, ModelSpec model) {}

  /** Functions at work by model; a model without any may be closed. Guarded by this. */
  private final Map<Opened, Integer> users = new HashMap<>();

  private final Set<Opened> opened = ConcurrentHashMap.newKeySet();

  /** What engines had counted when they were closed. */
  private final List<EngineMetrics> retired = new CopyOnWriteArrayList<>();

  private volatile List<String> gpus = List.of();

  ExecutorModels() {}

  /** The JVM's own. */
  public static ExecutorModels get() {
    return JVM;
  }

  /** Addresses of the GPUs that Spark gave to this executor; empty leaves {@code gpu} as it is. */
  public void setGpus(List<String> addresses) {
    gpus = List.copyOf(addresses);
  }

  /**
   * Opens a function, and its model where this is the model's first use.
   *
   * @param alone whether the JVM is to hold no other model beside it: waits until tasks of others
   *     have ended and closes those first
   * @return to be closed by the caller; the model stays open
   * @throws PromptmillException if the checkpoint cannot be used, the next call tries again; with
   *     {@link ErrorCode#ENGINE_CLOSED} if the thread is interrupted while it waits
   */
  public ArrowUdf open(
      UdfOpener opener, ModelSpec model, InferSpec spec, Configuration hadoop, boolean alone) {
    Opened wanted = new Opened(opener, LocalResources.resolve(model, gpus));
    enter(wanted, alone);
    try {
      ArrowUdf udf = opener.open(wanted.model, spec, hadoop);
      opened.add(wanted);
      return new InUse(udf, () -> leave(wanted));
    } catch (RuntimeException | Error e) {
      leave(wanted);
      throw e;
    }
  }

  private synchronized void enter(Opened wanted, boolean alone) {
    try {
      while (alone && users.keySet().stream().anyMatch(other -> !other.equals(wanted))) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED,
          "interrupted while tasks of other models than " + wanted.model.uri() + " ended",
          e);
    }
    if (alone) {
      for (Opened other : Set.copyOf(opened)) {
        if (!other.equals(wanted)) {
          retire(other);
        }
      }
    }
    users.merge(wanted, 1, Integer::sum);
  }

  private void retire(Opened model) {
    model.opener.status(model.model).map(EngineStatus::metrics).ifPresent(retired::add);
    opened.remove(model);
    model.opener.closeModel(model.model);
  }

  private synchronized void leave(Opened model) {
    users.computeIfPresent(model, (key, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** What the model is, if it is open and has an engine. */
  public Set<ModelFacts> facts(UdfOpener opener, ModelSpec model) {
    return opener
        .status(LocalResources.resolve(model, gpus))
        .map(status -> Set.of(ModelFacts.of(status.model())))
        .orElse(Set.of());
  }

  /** Metrics of all engines there were, so that counters never fall; closed ones hold nothing. */
  public List<EngineMetrics> engines() {
    return Stream.concat(
            retired.stream().map(ExecutorModels::idle),
            opened.stream()
                .map(each -> each.opener.status(each.model))
                .flatMap(Optional::stream)
                .map(EngineStatus::metrics))
        .toList();
  }

  private static EngineMetrics idle(EngineMetrics last) {
    return new EngineMetrics(
        last.promptTokens(),
        last.cachedTokens(),
        last.computedTokens(),
        last.completionTokens(),
        last.steps(),
        last.preemptions(),
        last.requestsDone(),
        last.requestsFailed(),
        0,
        0,
        0,
        0,
        last.stepNanos());
  }

  /** Closes all models; later calls open new ones. */
  @Override
  public void close() {
    opened.stream().map(Opened::opener).distinct().forEach(UdfOpener::closeModels);
    opened.clear();
    retired.clear();
  }
}
