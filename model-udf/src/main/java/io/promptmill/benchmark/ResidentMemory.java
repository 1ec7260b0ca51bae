package io.promptmill.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches this process's resident memory from {@code /proc}. The kernel's own peak is used where it
 * lets itself be reset, which sees every moment; else a thread looks every few milliseconds.
 */
final class ResidentMemory implements AutoCloseable {
  /** How the peak was found. */
  enum Method {
    KERNEL_PEAK,
    SAMPLED,
    UNKNOWN
  }

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";
  private static final long SAMPLE_MILLIS = 5;

  /** A kernel that takes the reset but does not do it leaves an older peak. */
  private static final long RESET_TOLERANCE = 32L << 20;

  private final long before;
  private final Method method;
  private final AtomicLong sampled = new AtomicLong();
  private final AtomicBoolean open = new AtomicBoolean(true);

  private ResidentMemory(long before, Method method) {
    this.before = before;
    this.method = method;
  }

  /** Starts to watch. */
  static ResidentMemory watch() {
    if (!Files.isReadable(STATUS)) {
      return new ResidentMemory(0, Method.UNKNOWN);
    }
    long before = bytes("VmRSS:");
    Method method = resetPeak() ? Method.KERNEL_PEAK : Method.SAMPLED;
    ResidentMemory memory = new ResidentMemory(before, method);
    if (method == Method.SAMPLED) {
      Thread thread = new Thread(memory::sample, "promptmill-memory");
      thread.setDaemon(true);
      thread.start();
    }
    return memory;
  }

  Method method() {
    return method;
  }

  /** Bytes when watching began. */
  long before() {
    return before;
  }

  /**
   * Most bytes since then, {@link #before} included: the kernel's counters lag by some pages for
   * each thread. 0 if unknown.
   */
  long peak() {
    return switch (method) {
      case KERNEL_PEAK -> Math.max(before, bytes("VmHWM:"));
      case SAMPLED -> Math.max(Math.max(before, sampled.get()), bytes("VmRSS:"));
      case UNKNOWN -> 0;
    };
  }

  private static boolean resetPeak() {
    try {
      Files.writeString(CLEAR, RESET_PEAK);
    } catch (IOException e) {
      return false; // not permitted: the caller samples
    }
    return bytes("VmHWM:") <= bytes("VmRSS:") + RESET_TOLERANCE;
  }

  private void sample() {
    while (open.get()) {
      sampled.accumulateAndGet(bytes("VmRSS:"), Math::max);
      try {
        Thread.sleep(SAMPLE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static long bytes(String field) {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open.set(false);
  }
}
