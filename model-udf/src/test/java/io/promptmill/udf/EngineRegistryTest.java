package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineRegistryTest {

  private final Configuration conf = new Configuration(false);
  private final ExecutorService tasks = Executors.newCachedThreadPool();
  private final AtomicInteger opened = new AtomicInteger();

  @AfterEach
  void stopTasks() {
    tasks.shutdownNow();
  }

  @Test
  void tasksThatAskAtOnceShareOneEngine() throws Exception {
    CountDownLatch asking = new CountDownLatch(4);
    EngineRegistry registry =
        new EngineRegistry(
            (spec, configuration) -> {
              await(asking);
              return model();
            });
    List<Future<OpenModel>> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(
          tasks.submit(
              () -> {
                asking.countDown();
                return registry.open(spec("m"), conf);
              }));
    }

    OpenModel first = asked.get(0).get();
    for (Future<OpenModel> each : asked) {
      assertThat(each.get()).isSameAs(first);
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void anotherModelIsAnotherEngine() {
    EngineRegistry registry = new EngineRegistry((spec, configuration) -> model());

    assertThat(registry.open(spec("a"), conf)).isNotSameAs(registry.open(spec("b"), conf));
    assertThat(registry.open(spec("a"), conf)).isSameAs(registry.open(spec("a"), conf));
    assertThat(opened).hasValue(2);
  }

  @Test
  void anEngineThatEndedByItselfIsOpenedAfresh() {
    EngineRegistry registry = new EngineRegistry((spec, configuration) -> model());
    OpenModel ended = registry.open(spec("m"), conf);
    ended.engine().close();

    OpenModel fresh = registry.open(spec("m"), conf);

    assertThat(fresh).isNotSameAs(ended);
    assertThat(registry.open(spec("m"), conf)).isSameAs(fresh);
    assertThat(opened).hasValue(2);
  }

  @Test
  void aFailedOpeningReachesAllWhoWaitAndMayBeTriedAgain() throws Exception {
    CountDownLatch fail = new CountDownLatch(1);
    EngineRegistry registry =
        new EngineRegistry(
            (spec, configuration) -> {
              if (opened.getAndIncrement() == 0) {
                await(fail);
                throw new PromptmillException(ErrorCode.CHECKPOINT_INVALID, "no config.json");
              }
              return model();
            });
    Future<OpenModel> first = tasks.submit(() -> registry.open(spec("m"), conf));
    Future<OpenModel> second = tasks.submit(() -> registry.open(spec("m"), conf));
    while (opened.get() == 0) {
      Thread.onSpinWait();
    }
    fail.countDown();

    assertThatThrownBy(first::get).hasMessageContaining("no config.json");
    try {
      second.get();
    } catch (ExecutionException e) {
      assertThat(e).hasMessageContaining("no config.json");
    }
    assertThat(registry.open(spec("m"), conf).info().revision()).isEqualTo(FakeEngine.REVISION);
  }

  @Test
  void aKilledTaskDoesNotFailTheOthers() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EngineRegistry registry =
        new EngineRegistry(
            (spec, configuration) -> {
              started.countDown();
              await(go);
              return model();
            });
    Future<OpenModel> killed = tasks.submit(() -> registry.open(spec("m"), conf));
    await(started);
    Future<OpenModel> other = tasks.submit(() -> registry.open(spec("m"), conf));
    killed.cancel(true);
    go.countDown();

    assertThat(other.get().info().revision()).isEqualTo(FakeEngine.REVISION);
    assertThat(opened).hasValue(1);
  }

  @Test
  void closingClosesEveryEngineAndTheNextUseOpensAfresh() {
    EngineRegistry registry = new EngineRegistry((spec, configuration) -> model());
    OpenModel a = registry.open(spec("a"), conf);
    OpenModel b = registry.open(spec("b"), conf);

    registry.closeAll();

    assertThat(((FakeEngine) a.engine()).closing.getCount()).isZero();
    assertThat(((FakeEngine) b.engine()).closing.getCount()).isZero();
    assertThat(registry.status(spec("a"))).isEmpty();
    assertThat(registry.open(spec("a"), conf)).isNotSameAs(a);
  }

  @Test
  void closingOneModelLeavesTheOthersOpen() {
    EngineRegistry registry = new EngineRegistry((spec, configuration) -> model());
    OpenModel a = registry.open(spec("a"), conf);
    OpenModel b = registry.open(spec("b"), conf);

    registry.close(spec("a"));
    registry.close(spec("never opened"));

    assertThat(a.engine().isOpen()).isFalse();
    assertThat(registry.status(spec("a"))).isEmpty();
    assertThat(registry.open(spec("b"), conf)).isSameAs(b);
  }

  @Test
  void closingReachesAnEngineThatIsJustBeingOpened() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EngineRegistry registry =
        new EngineRegistry(
            (spec, configuration) -> {
              started.countDown();
              await(go);
              return model();
            });
    Future<OpenModel> asked = tasks.submit(() -> registry.open(spec("m"), conf));
    await(started);

    registry.closeAll();
    go.countDown();

    FakeEngine engine = (FakeEngine) asked.get().engine();
    assertThat(engine.closing.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(registry.status(spec("m"))).isEmpty();
  }

  @Test
  void statusIsThatOfTheOpenEngineAlone() {
    EngineRegistry registry = new EngineRegistry((spec, configuration) -> model());
    registry.open(spec("a"), conf);

    assertThat(registry.status(spec("b"))).isEmpty();
    assertThat(registry.status(spec("a")))
        .map(status -> status.model().revision())
        .contains(FakeEngine.REVISION);
  }

  private OpenModel model() {
    opened.incrementAndGet();
    return new OpenModel(new FakeEngine(8), new TinyTokenizer(true), Optional.empty());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModelSpec spec(String uri) {
    return new ModelSpec(uri, "auto", List.of("cpu"), 1 << 20, 64, 8, 0, 1, true);
  }
}
