package io.promptmill.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.promptmill.model.runtime.MachineFacts;
import io.promptmill.model.runtime.MachineLimits;
import java.util.List;

/**
 * Everything that a run measured.
 *
 * @param startedAt ISO 8601, UTC
 * @param machine where
 * @param settings what was asked for
 * @param load null if no part needed the model
 * @param limits null if not measured
 * @param work null if no part needed the model
 * @param measurements in the order in which they were made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchmarkReport(
    String startedAt,
    MachineFacts machine,
    Settings settings,
    LoadReport load,
    MachineLimits limits,
    Work work,
    List<Measurement> measurements) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * @param layers decoder layers
   * @param dtype asked for; the one in use is the load's
   * @param devices where the layers are
   * @param threads of the tensor engine, 0 for all processors
   * @param maxStepTokens tokens of one forward pass at most
   * @param repeats measurements whose median counts
   * @param jobs file of token ids, or {@code random}
   * @param parts what was measured
   */
  public record Settings(
      int layers,
      String dtype,
      List<String> devices,
      int threads,
      int maxStepTokens,
      int repeats,
      String jobs,
      List<String> parts) {

    static Settings of(BenchmarkOptions options) {
      return new Settings(
          options.layers(),
          options.dtype(),
          options.devices(),
          options.threads(),
          options.maxStepTokens(),
          options.repeats(),
          options.jobs().map(Object::toString).orElse("random"),
          options.parts().stream().sorted().map(Part::text).toList());
    }
  }

  /**
   * @param tokenGflops 10⁹ floating-point operations of one token through every layer, without
   *     attention scores and head
   * @param peakTokensPerSecond matrix peak ÷ {@code tokenGflops}; null without limits. A prefill
   *     can be faster: beyond the last layer's latents only the last position goes on.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Work(double tokenGflops, Double peakTokensPerSecond) {}

  public BenchmarkReport {
    measurements = List.copyOf(measurements);
  }

  /** Indented JSON with this record's fields. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report of plain values does not become JSON", e);
    }
  }

  /** The report for people, as lines of a terminal. */
  public List<String> toText() {
    return BenchmarkText.of(this);
  }
}
