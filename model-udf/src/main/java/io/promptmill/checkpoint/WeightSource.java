package io.promptmill.checkpoint;

import java.util.Collection;
import java.util.Set;

/** The tensors of a checkpoint, whatever files they lie in. Thread-safe. */
public interface WeightSource extends AutoCloseable {

  /** Names of all tensors. */
  Set<String> names();

  /**
   * @throws io.promptmill.error.PromptmillException with {@code CHECKPOINT_INVALID} if there is no
   *     tensor of that name
   */
  TensorEntry entry(String name);

  /**
   * Fills the targets of all reads, several at a time; returns when all are filled.
   *
   * @throws io.promptmill.error.PromptmillException with {@code CHECKPOINT_INVALID} that names file
   *     and tensor if a read fails or ends early; the targets' contents are undefined then
   */
  void read(Collection<TensorRead> reads);

  @Override
  void close();
}
