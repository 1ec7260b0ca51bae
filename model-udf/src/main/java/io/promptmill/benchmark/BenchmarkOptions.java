package io.promptmill.benchmark;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to measure and how.
 *
 * @param layers decoder layers, the first one dense
 * @param dtype as in {@link io.promptmill.model.ModelOptions}, as the next three
 * @param devices where the layers are
 * @param threads of the tensor engine
 * @param maxStepTokens tokens of one forward pass at most
 * @param workDir folder for the checkpoint, kept and used again; empty for a temporary one
 * @param jobs token ids of the two jobs (see {@link JobTokens}); empty for random ones
 * @param repeats measurements whose median counts
 * @param parts what to measure
 */
public record BenchmarkOptions(
    int layers,
    String dtype,
    List<String> devices,
    int threads,
    int maxStepTokens,
    Optional<String> workDir,
    Optional<Path> jobs,
    int repeats,
    Set<Part> parts) {

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is nothing to do
   */
  public BenchmarkOptions {
    devices = List.copyOf(devices);
    if (layers < 1 || repeats < 1 || parts.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "benchmark: expected at least one layer, repeat and part, found %d, %d, %s"
              .formatted(layers, repeats, parts));
    }
    parts = Set.copyOf(EnumSet.copyOf(parts));
  }

  /** Whether a part of this run needs the model. */
  boolean needsModel() {
    return parts.stream().anyMatch(part -> part != Part.LIMITS);
  }
}
