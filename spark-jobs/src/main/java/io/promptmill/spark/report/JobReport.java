package io.promptmill.spark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.promptmill.spark.executor.ModelFacts;
import io.promptmill.spark.plan.RowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a job did, for people and, as JSON, for programs.
 *
 * @param job subcommand
 * @param startedAt ISO 8601, UTC
 * @param wallSeconds from the first row to the last, opening of models included, s
 * @param rowsRead input rows, null where they were not counted
 * @param rowsWritten result rows, failed ones included
 * @param rowsFailed rows with an error
 * @param errors failed rows by category
 * @param promptTokens tokens of prompts
 * @param cachedTokens those of them that the prefix cache had
 * @param completionTokens tokens drawn
 * @param rowsPerSecond over the wall time, as the next two
 * @param batches Arrow batches
 * @param taskWaitSeconds time that tasks waited for the engine, summed over tasks, s
 * @param modelRevisions content digests of the checkpoints that answered
 * @param models what they are
 * @param quality how good the results are, null where nothing says what was expected
 * @param options all options that have a value
 * @param versions of what ran
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobReport(
    String job,
    String startedAt,
    double wallSeconds,
    Long rowsRead,
    long rowsWritten,
    long rowsFailed,
    Map<String, Long> errors,
    long promptTokens,
    long cachedTokens,
    long completionTokens,
    double rowsPerSecond,
    double promptTokensPerSecond,
    double completionTokensPerSecond,
    long batches,
    double taskWaitSeconds,
    Set<String> modelRevisions,
    Set<ModelFacts> models,
    Map<String, Object> quality,
    Map<String, String> options,
    Map<String, String> versions) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * @param quality null where nothing says what was expected
   */
  public static JobReport of(
      String job,
      Instant started,
      Duration wall,
      OptionalLong rowsRead,
      RowCounts counts,
      Map<String, Object> quality,
      Map<String, String> options,
      Map<String, String> versions) {
    double seconds = Math.max(wall.toNanos(), 1) / 1e9;
    return new JobReport(
        job,
        started.toString(),
        seconds,
        rowsRead.isPresent() ? rowsRead.getAsLong() : null,
        counts.rows(),
        counts.failed(),
        counts.errors(),
        counts.promptTokens(),
        counts.cachedTokens(),
        counts.completionTokens(),
        counts.rows() / seconds,
        counts.promptTokens() / seconds,
        counts.completionTokens() / seconds,
        counts.batches(),
        counts.waitNanos() / 1e9,
        counts.revisions(),
        counts.models(),
        quality,
        options,
        versions);
  }

  /** Indented JSON with this record's fields. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report of plain values does not become JSON", e);
    }
  }

  /** Whether as many rows came out as went in, as far as they were counted. */
  public boolean hasEveryRow() {
    return rowsRead == null || rowsRead == rowsWritten;
  }

  /** Lines for the console. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%,d rows in %.1f s (%.2f rows/s), %,d failed",
            rowsWritten, wallSeconds, rowsPerSecond, rowsFailed));
    errors.forEach((category, count) -> lines.add(text("  %s: %,d", category, count)));
    lines.add(
        text(
            "prompt tokens %,d (%.1f/s), from prefix cache %,d (%.1f %%)",
            promptTokens,
            promptTokensPerSecond,
            cachedTokens,
            promptTokens == 0 ? 0.0 : 100.0 * cachedTokens / promptTokens));
    if (completionTokens > 0) {
      lines.add(
          text("completion tokens %,d (%.1f/s)", completionTokens, completionTokensPerSecond));
    }
    for (ModelFacts model : models) {
      lines.add(
          text(
              "model %s, %s on %s, %,d parameters",
              model.architecture(),
              model.dtype(),
              String.join(", ", model.devices()),
              model.parameters()));
    }
    for (String revision : modelRevisions) {
      lines.add("model revision " + revision);
    }
    if (!hasEveryRow()) {
      lines.add(
          text(
              "expected one result for each of the %,d input rows, found %,d",
              rowsRead, rowsWritten));
    }
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
