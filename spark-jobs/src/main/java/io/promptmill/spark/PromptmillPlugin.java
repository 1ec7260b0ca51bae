package io.promptmill.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.promptmill.engine.EngineMetrics;
import io.promptmill.spark.executor.ExecutorModels;
import io.promptmill.spark.executor.ExecutorSnapshot;
import io.promptmill.spark.executor.LiveCounts;
import io.promptmill.spark.executor.ProgressSender;
import io.promptmill.spark.report.ProgressBoard;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;

/**
 * Ties models to the life of executors: hands them the executor's GPUs, shows their metrics, tells
 * the driver how far they are, closes them when the executor ends. Named in {@code spark.plugins};
 * without it models open and close all the same, but {@code gpu} is TensorFlow's first one and
 * there is no progress.
 */
public final class PromptmillPlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    @Override
    public Object receive(Object message) {
      if (message instanceof ExecutorSnapshot snapshot) {
        ProgressBoard.get().update(snapshot);
      }
      return null;
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    private ProgressSender progress;

    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      ResourceInformation gpus = context.resources().get("gpu");
      ExecutorModels models = ExecutorModels.get();
      models.setGpus(gpus == null ? List.of() : List.of(gpus.addresses()));
      EagerModel.open(context.conf(), models);
      register(context.metricRegistry(), models);
      progress =
          new ProgressSender(
              () -> LiveCounts.get().snapshot(context.executorID(), models.engines()),
              context::send);
    }

    private static void register(MetricRegistry registry, ExecutorModels models) {
      Map<String, ToLongFunction<EngineMetrics>> gauges =
          Map.of(
              "promptTokens", EngineMetrics::promptTokens,
              "cachedTokens", EngineMetrics::cachedTokens,
              "completionTokens", EngineMetrics::completionTokens,
              "steps", EngineMetrics::steps,
              "preemptions", EngineMetrics::preemptions,
              "requestsDone", EngineMetrics::requestsDone,
              "requestsFailed", EngineMetrics::requestsFailed,
              "waiting", EngineMetrics::waiting,
              "running", EngineMetrics::running,
              "cacheBlocksUsed", EngineMetrics::blocksUsed);
      gauges.forEach(
          (name, value) ->
              registry.register(
                  name, (Gauge<Long>) () -> models.engines().stream().mapToLong(value).sum()));
    }

    @Override
    public void shutdown() {
      progress.close();
      ExecutorModels.get().close();
    }
  }
}
