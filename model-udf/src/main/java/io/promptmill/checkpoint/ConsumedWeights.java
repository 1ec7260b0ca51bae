package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Keeps account of which tensors a model has taken, so that none is left over unnoticed. Not
 * thread-safe.
 */
public final class ConsumedWeights {
  private static final int NAMES_SHOWN = 10;

  private final WeightSource weights;
  private final Set<String> left;

  public ConsumedWeights(WeightSource weights) {
    this.weights = weights;
    this.left = new TreeSet<>(weights.names());
  }

  /**
   * Takes a tensor; may be taken again.
   *
   * @param shape the shape that the config asks for, row-major
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} that names file, tensor,
   *     expected and found if the checkpoint lacks the tensor or has another shape
   */
  public TensorEntry take(String name, long... shape) {
    TensorEntry entry = weights.entry(name);
    List<Long> expected = Arrays.stream(shape).boxed().toList();
    if (!entry.shape().equals(expected)) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID,
          entry.file()
              + ": tensor "
              + name
              + ": expected shape "
              + expected
              + " by the config, found "
              + entry.shape());
    }
    left.remove(name);
    return entry;
  }

  /**
   * Checks that every tensor was taken or may be ignored.
   *
   * @param ignorable names that published checkpoints hold and the model computes itself, such as
   *     {@code model.layers.0.self_attn.rotary_emb.inv_freq}
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} that names the leftovers
   *     with their files
   */
  public void requireNoneLeft(Predicate<String> ignorable) {
    List<String> leftovers = new ArrayList<>(left);
    leftovers.removeIf(ignorable);
    if (leftovers.isEmpty()) {
      return;
    }
    List<String> shown =
        leftovers.stream()
            .limit(NAMES_SHOWN)
            .map(name -> name + " in " + weights.entry(name).file())
            .toList();
    throw new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID,
        "expected the model to use every tensor, found "
            + leftovers.size()
            + " left over: "
            + String.join(", ", shown)
            + (leftovers.size() > NAMES_SHOWN ? ", …" : ""));
  }
}
