package io.promptmill.model.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** What this machine's CPU can do. */
final class CpuFeatures {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> BFLOAT16_FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

  private CpuFeatures() {}

  /** Whether bfloat16 products run natively; false where the operating system does not tell. */
  static boolean multipliesBfloat16() {
    return Files.isReadable(CPUINFO) && multipliesBfloat16(CPUINFO);
  }

  static boolean multipliesBfloat16(Path cpuinfo) {
    try (var lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .limit(1)
          .flatMap(line -> Arrays.stream(line.split("\\s+")))
          .anyMatch(BFLOAT16_FLAGS::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
