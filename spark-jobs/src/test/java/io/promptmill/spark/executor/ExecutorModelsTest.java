package io.promptmill.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.engine.EngineMetrics;
import io.promptmill.model.ModelInfo;
import io.promptmill.spark.testing.Calls;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import io.promptmill.udf.PromptSource;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutorModelsTest {
  private static final InferSpec SPEC = Calls.generate(new PromptSource.Column("q"));

  /** Remembers the last model and how often all were closed. */
  private static final class Recorder implements UdfOpener {
    private static final long serialVersionUID = 1L;
    static ModelSpec last;
    static int closed;

    @Override
    public ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop) {
      last = model;
      return new io.promptmill.spark.testing.FakeOpener().open(model, spec, hadoop);
    }

    @Override
    public Optional<EngineStatus> status(ModelSpec model) {
      ModelInfo info = new ModelInfo("Fake", "r", 8, 8, "float32", model.devices(), 1, 4);
      return Optional.of(
          new EngineStatus(info, new EngineMetrics(5, 1, 5, 2, 1, 0, 1, 0, 3, 4, 0, 0, 1)));
    }

    @Override
    public void closeModels() {
      closed++;
    }
  }

  private final ExecutorModels models = new ExecutorModels();
  private final Recorder opener = new Recorder();

  @BeforeEach
  void forget() {
    Recorder.last = null;
    Recorder.closed = 0;
  }

  private static ModelSpec model(List<String> devices, long cacheBytes) {
    return new ModelSpec("m", "auto", devices, cacheBytes, 1, 1, 0, 0, true);
  }

  private ModelSpec opened(ModelSpec model) {
    models.open(opener, model, SPEC, new Configuration(false)).close();
    return Recorder.last;
  }

  @Test
  void gpuIsThoseThatSparkGave() {
    models.setGpus(List.of("3", "5"));

    assertThat(opened(model(List.of("gpu"), 1)).devices()).containsExactly("gpu:3", "gpu:5");
    assertThat(opened(model(List.of("cpu", "gpu:1"), 1)).devices()).containsExactly("cpu", "gpu:1");
  }

  @Test
  void withoutSparksGpusTheNameStays() {
    assertThat(opened(model(List.of("gpu"), 1)).devices()).containsExactly("gpu");
  }

  @Test
  void cacheSizeZeroIsAShareOfTheMemory() {
    assertThat(opened(model(List.of("cpu"), 0)).cacheBytes()).isBetween(256L << 20, 16L << 30);
    assertThat(opened(model(List.of("cpu"), 77)).cacheBytes()).isEqualTo(77);
  }

  @Test
  void twoModelsAreTwoEngines() {
    var unused = opened(model(List.of("cpu"), 1));
    unused = opened(model(List.of("cpu"), 1));
    assertThat(models.engines()).hasSize(1);
    unused = opened(model(List.of("cpu:1"), 1));
    assertThat(models.engines()).hasSize(2);
    assertThat(models.facts(opener, model(List.of("cpu:1"), 1)))
        .containsExactly(new ModelFacts("Fake", "float32", List.of("cpu:1"), 1, 4));
  }

  @Test
  void closesEachOpenersModelsOnce() {
    var unused = opened(model(List.of("cpu"), 1));
    unused = opened(model(List.of("cpu:1"), 1));

    models.close();
    models.close();

    assertThat(Recorder.closed).isEqualTo(1);
    assertThat(models.engines()).isEmpty();
  }

  @Test
  void snapshotsAddUpEngines() {
    LiveCounts counts = new LiveCounts();
    counts.add(3, 1);
    var unused = opened(model(List.of("cpu"), 1));
    unused = opened(model(List.of("cpu:1"), 1));

    assertThat(counts.snapshot("7", models.engines()))
        .isEqualTo(new ExecutorSnapshot("7", 3, 1, 10, 2, 4, 6, 8));
  }
}
