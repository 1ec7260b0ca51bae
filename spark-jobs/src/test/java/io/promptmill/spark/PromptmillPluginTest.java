package io.promptmill.spark;

import static io.promptmill.spark.testing.Calls.call;
import static io.promptmill.spark.testing.Calls.generate;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.plan.Inference;
import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.PromptSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PromptmillPluginTest {

  /** An executor's context without an executor. */
  private static final class FakeContext implements PluginContext {
    final SparkConf conf = new SparkConf(false);
    final MetricRegistry registry = new MetricRegistry();
    final BlockingQueue<Object> sent = new LinkedBlockingQueue<>();
    final Map<String, ResourceInformation> resources = new HashMap<>();

    @Override
    public MetricRegistry metricRegistry() {
      return registry;
    }

    @Override
    public SparkConf conf() {
      return conf;
    }

    @Override
    public String executorID() {
      return "42";
    }

    @Override
    public String hostname() {
      return "here";
    }

    @Override
    public Map<String, ResourceInformation> resources() {
      return resources;
    }

    @Override
    public void send(Object message) {
      sent.add(message);
    }

    @Override
    public Object ask(Object message) {
      throw new UnsupportedOperationException("the plugin only sends");
    }
  }

  @Test
  void executorsTellTheDriverAboutTheirRowsAndShowMetrics() throws InterruptedException {
    FakeContext context = new FakeContext();
    ExecutorPlugin plugin = new PromptmillPlugin().executorPlugin();
    plugin.init(context, Map.of());

    LocalSpark.session();
    Inference.apply(
            LocalSpark.session().sql("SELECT 'a' AS q"),
            call(generate(new PromptSource.Column("q"))))
        .collectAsList();

    Object message = context.sent.poll(10, TimeUnit.SECONDS);
    plugin.shutdown();
    assertThat(message).asString().contains("executorId=42");
    assertThat(context.registry.getGauges().keySet())
        .contains("promptTokens", "waiting", "running", "steps", "cacheBlocksUsed");
  }

  @Test
  void anExecutorThatCannotOpenItsEagerModelDoesNotStart() {
    FakeContext context = new FakeContext();
    context.conf.set("spark.promptmill.eager", "true").set("spark.promptmill.model", "/nowhere");
    ExecutorPlugin plugin = new PromptmillPlugin().executorPlugin();

    Assertions.assertThatThrownBy(() -> plugin.init(context, Map.of()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("/nowhere");
  }

  @Test
  void unknownKeysStopAnExecutorToo() {
    FakeContext context = new FakeContext();
    context.conf.set("spark.promptmill.eagre", "true");

    Assertions.assertThatThrownBy(
            () -> new PromptmillPlugin().executorPlugin().init(context, Map.of()))
        .hasMessageContaining("did you mean 'eager'?");
  }
}
