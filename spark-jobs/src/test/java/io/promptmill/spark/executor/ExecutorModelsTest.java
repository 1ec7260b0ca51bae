package io.promptmill.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    static final List<String> closedModels = new CopyOnWriteArrayList<>();

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
    public void closeModel(ModelSpec model) {
      closedModels.add(model.uri());
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
    Recorder.closedModels.clear();
  }

  private static ModelSpec model(List<String> devices, long cacheBytes) {
    return new ModelSpec("m", "auto", devices, cacheBytes, 1, 1, 0, 0, true);
  }

  private ModelSpec opened(ModelSpec model) {
    models.open(opener, model, SPEC, new Configuration(false), false).close();
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
  void aModelThatWantsToBeAloneClosesTheOthersWhenTheirTasksHaveEnded() throws Exception {
    ArrowUdf old = open("old", true);
    ArrowUdf sameAgain = open("old", true);
    CompletableFuture<ArrowUdf> next = CompletableFuture.supplyAsync(() -> open("next", true));
    old.close();
    old.close(); // closing twice is closing once
    assertThatThrownBy(() -> next.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(Recorder.closedModels).isEmpty();

    sameAgain.close();

    next.get(10, TimeUnit.SECONDS).close();
    assertThat(Recorder.closedModels).containsExactly("old");
    // what the closed one counted stays, its queue does not
    assertThat(models.engines()).extracting(EngineMetrics::promptTokens).containsExactly(5L, 5L);
    assertThat(models.engines()).extracting(EngineMetrics::waiting).containsExactly(0, 3);
  }

  @Test
  void othersDoNotWaitAndCloseNothing() {
    try (ArrowUdf first = open("first", false);
        ArrowUdf second = open("second", false)) {
      assertThat(first.outputSchema()).isEqualTo(second.outputSchema());
    }
    assertThat(Recorder.closedModels).isEmpty();
  }

  private ArrowUdf open(String uri, boolean alone) {
    ModelSpec spec = new ModelSpec(uri, "auto", List.of("cpu"), 1, 1, 1, 0, 0, true);
    return models.open(opener, spec, SPEC, new Configuration(false), alone);
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
