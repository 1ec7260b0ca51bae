package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelReadsTest {
  private static final int THREADS = 4;

  private final ParallelReads reads = new ParallelReads(THREADS, "test-read");

  @AfterEach
  void close() {
    reads.close();
  }

  @Test
  void performsEachReadOnce() {
    Set<Integer> seen = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger count = new AtomicInteger();
    reads.run(
        1000,
        () ->
            number -> {
              seen.add(number);
              count.incrementAndGet();
            });
    assertThat(count).hasValue(1000);
    assertThat(seen).isEqualTo(IntStream.range(0, 1000).boxed().collect(Collectors.toSet()));
  }

  @Test
  void keepsAsManyReadsInFlightAsItHasThreadsAndNoMore() {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    reads.run(
        10 * THREADS,
        () ->
            number -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              await(barrier);
              inFlight.decrementAndGet();
            });
    assertThat(most).hasValue(THREADS);
  }

  @Test
  void throwsTheFailureOnlyWhenNoReadIsInFlightAnyMore() {
    CyclicBarrier bothStarted = new CyclicBarrier(2);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger inFlight = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("disk on fire");
    assertThatThrownBy(
            () ->
                reads.run(
                    100,
                    () ->
                        number -> {
                          begun.incrementAndGet();
                          inFlight.incrementAndGet();
                          if (number < 2) {
                            await(bothStarted);
                          }
                          if (number == 0) {
                            inFlight.decrementAndGet();
                            throw failure;
                          }
                          sleep(50);
                          inFlight.decrementAndGet();
                        }))
        .isSameAs(failure);
    assertThat(inFlight).hasValue(0);
    assertThat(begun.get()).isLessThan(100);
  }

  @Test
  void waitsForReadsInFlightWhenTheCallerIsInterrupted() {
    AtomicInteger inFlight = new AtomicInteger();
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                reads.run(
                    100,
                    () ->
                        number -> {
                          inFlight.incrementAndGet();
                          caller.interrupt();
                          sleep(50);
                          inFlight.decrementAndGet();
                        }))
        .isInstanceOf(CancellationException.class);
    assertThat(inFlight).hasValue(0);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closesEveryReaderAlsoAfterAFailure() {
    AtomicInteger open = new AtomicInteger();
    assertThatThrownBy(
            () ->
                reads.run(
                    THREADS,
                    () -> {
                      open.incrementAndGet();
                      return new ParallelReads.Reader() {
                        @Override
                        public void read(int number) {
                          throw new IllegalStateException("read " + number);
                        }

                        @Override
                        public void close() {
                          open.decrementAndGet();
                        }
                      };
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(open).hasValue(0);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("reads do not run side by side", e);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError("nothing interrupts reads", e);
    }
  }
}
