package io.promptmill.spark.executor;

import io.promptmill.engine.EngineMetrics;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The models of this JVM. They open with the first row that needs them and stay open until {@link
 * #close}, at the latest when the JVM ends: a model is far dearer to open than to keep.
 */
public final class ExecutorModels implements AutoCloseable {
  private static final ExecutorModels JVM = new ExecutorModels();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JVM::close, "promptmill-close-models"));
  }

  private record Opened(UdfOpener opener, ModelSpec model) {}

  private final Set<Opened> opened = ConcurrentHashMap.newKeySet();
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
   * @return to be closed by the caller; the model stays open
   * @throws io.promptmill.error.PromptmillException if the checkpoint cannot be used; the next call
   *     tries again
   */
  public ArrowUdf open(UdfOpener opener, ModelSpec model, InferSpec spec, Configuration hadoop) {
    ModelSpec here = LocalResources.resolve(model, gpus);
    ArrowUdf udf = opener.open(here, spec, hadoop);
    opened.add(new Opened(opener, here));
    return udf;
  }

  /** What the model is, if it is open and has an engine. */
  public Set<ModelFacts> facts(UdfOpener opener, ModelSpec model) {
    return opener
        .status(LocalResources.resolve(model, gpus))
        .map(status -> Set.of(ModelFacts.of(status.model())))
        .orElse(Set.of());
  }

  /** Metrics of the engines that are open. */
  public List<EngineMetrics> engines() {
    return opened.stream()
        .map(each -> each.opener.status(each.model))
        .flatMap(Optional::stream)
        .map(EngineStatus::metrics)
        .toList();
  }

  /** Closes all models; later calls open new ones. */
  @Override
  public void close() {
    opened.stream().map(Opened::opener).distinct().forEach(UdfOpener::closeModels);
    opened.clear();
  }
}
