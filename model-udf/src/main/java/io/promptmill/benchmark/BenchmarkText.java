package io.promptmill.benchmark;

import io.promptmill.model.runtime.MachineFacts;
import io.promptmill.model.runtime.MachineLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lines of a terminal. */
final class BenchmarkText {
  private static final String ROW = "%-52s %12s %-20s %12s %8s";
  private static final double GB = 1e9;

  private BenchmarkText() {}

  static List<String> of(BenchmarkReport report) {
    List<String> lines = new ArrayList<>();
    MachineFacts machine = report.machine();
    lines.add(
        "%s, %d processors, %s; %s; TensorFlow %s"
            .formatted(
                machine.cpu(),
                machine.processors(),
                machine.os(),
                machine.java(),
                machine.tensorFlow()));
    if (report.load() != null) {
      load(report, lines);
    }
    if (report.limits() != null) {
      limits(report.limits(), lines);
    }
    if (report.work() != null) {
      work(report.work(), lines);
    }
    if (!report.measurements().isEmpty()) {
      lines.add("");
      lines.add(
          ROW.formatted("median of " + report.settings().repeats(), "", "", "limit", "share"));
      report.measurements().forEach(measurement -> lines.add(row(measurement)));
    }
    return List.copyOf(lines);
  }

  private static void load(BenchmarkReport report, List<String> lines) {
    LoadReport load = report.load();
    lines.add(
        text(
            "DeepSeek-V2-Lite's layer shapes, %d layers, %s on %s, %.3f billion parameters",
            report.settings().layers(),
            load.dtype(),
            String.join(", ", load.devices()),
            load.parameters() / GB));
    lines.add(
        text(
            "load: %.1f s; weights %.3f GB, cache %.3f GB; resident memory grew by %.3f GB at most"
                + " (%s)",
            load.seconds(),
            load.weightBytes() / GB,
            load.cacheBytes() / GB,
            load.growth() / GB,
            load.peakMethod()));
    lines.add(
        text(
            "peak while loading is weights + cache %+.0f MiB: %s weights + cache + 1 GiB",
            load.overhead() / (double) (1 << 20), load.withinOneGib() ? "within" : "ABOVE"));
  }

  private static void limits(MachineLimits limits, List<String> lines) {
    lines.add(
        text(
            "machine limits: matrix products %.0f GFLOP/s in bfloat16, %.0f in float32; memory"
                + " reads %.1f GB/s",
            limits.bfloat16Gflops(), limits.float32Gflops(), limits.readGbs()));
  }

  private static void work(BenchmarkReport.Work work, List<String> lines) {
    String peak =
        work.peakTokensPerSecond() == null
            ? ""
            : text("; %.0f tokens/s at the matrix peak", work.peakTokensPerSecond());
    lines.add(text("one token through all layers: %.3f GFLOP", work.tokenGflops()) + peak);
  }

  private static String row(Measurement m) {
    return ROW.formatted(
            m.name(),
            text("%.3f", m.median()),
            m.unit(),
            m.limit() == null ? "" : text("%.1f", m.limit()),
            m.share() == null ? "" : text("%.0f %%", 100 * m.share()))
        .stripTrailing();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
