package io.promptmill.spark.executor;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an executor's snapshot to the driver every second in which it has changed. */
public final class ProgressSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressSender.class);
  private static final long PERIOD_MILLIS = 1000;

  /** The way to the driver. */
  @FunctionalInterface
  public interface Channel {
    void send(Object message) throws IOException;
  }

  private final Supplier<ExecutorSnapshot> source;
  private final Channel driver;
  private final ScheduledExecutorService timer;
  private ExecutorSnapshot sent;

  public ProgressSender(Supplier<ExecutorSnapshot> source, Channel driver) {
    this.source = source;
    this.driver = driver;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread thread = new Thread(body, "promptmill-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleAtFixedRate(
            this::sendIfChanged, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void sendIfChanged() {
    ExecutorSnapshot now = source.get();
    if (now.equals(sent)) {
      return;
    }
    try {
      driver.send(now);
      sent = now;
    } catch (IOException | RuntimeException e) {
      // a driver that is gone shows as either
      LOG.warn("progress no longer reaches the driver; the job itself goes on", e);
      timer.shutdown();
    }
  }

  /** Stops sending. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
