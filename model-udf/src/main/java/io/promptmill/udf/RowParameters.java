package io.promptmill.udf;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import java.util.List;

/**
 * How one row's prompt is continued.
 *
 * @param sampling how to draw
 * @param stop texts that end a completion
 * @param constraint the form that the completion has
 */
record RowParameters(SamplingParams sampling, List<String> stop, OutputConstraint constraint) {
  RowParameters {
    stop = List.copyOf(stop);
  }

  /** What rows without parameters of their own have. */
  static RowParameters of(InferSpec.Generate spec) {
    return new RowParameters(spec.sampling(), spec.stop(), spec.constraint());
  }
}
