package io.promptmill.model.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;

/**
 * Where a figure was measured.
 *
 * @param cpu the processor's name as the operating system gives it
 * @param bfloat16 whether the processor multiplies bfloat16 natively
 * @param processors processors of the JVM
 * @param memoryBytes memory of the machine or container
 * @param os operating system and architecture
 * @param java virtual machine and version
 * @param tensorFlow version of the native library
 */
public record MachineFacts(
    String cpu,
    boolean bfloat16,
    int processors,
    long memoryBytes,
    String os,
    String java,
    String tensorFlow) {
  static {
    NativeLimits.lift();
  }

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The machine that this runs on. */
  public static MachineFacts current() {
    return new MachineFacts(
        cpuName(),
        CpuFeatures.multipliesBfloat16(),
        Runtime.getRuntime().availableProcessors(),
        totalMemory(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        TensorFlow.version());
  }

  private static String cpuName() {
    if (!Files.isReadable(CPUINFO)) {
      return "unknown";
    }
    try (var lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long totalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
