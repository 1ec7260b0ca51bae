package io.promptmill.model.runtime;

import io.promptmill.checkpoint.ConsumedWeights;
import io.promptmill.checkpoint.DType;
import io.promptmill.checkpoint.TensorEntry;
import io.promptmill.checkpoint.TensorRead;
import io.promptmill.checkpoint.WeightSource;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The resident weights of a graph: declared while it is built, filled from the checkpoint in one
 * go. Bytes go straight from the file into the memory that the variable keeps.
 */
public final class WeightVariables {
  /** Rows of a checkpoint tensor's first axis that a variable holds, in order. */
  public record Rows(long first, long count) {}

  private record Part(String tensor, long offset, long bytes) {}

  private record Slot(
      Operation assign, Placeholder<TNumber> stored, Shape shape, List<Part> parts, long bytes) {}

  private static final long BATCH_BYTES = 1L << 30;
  private static final int BATCH_VARIABLES = 1024;
  private static final int READ_BYTES = 1 << 30;

  private final WeightSource source;
  private final Precision precision;
  private final ConsumedWeights consumed;
  private final Set<String> counted = new HashSet<>();
  private final Map<String, Operand<TNumber>> shared = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private long residentBytes;
  private long parameters;

  public WeightVariables(WeightSource source, Precision precision) {
    this.source = source;
    this.consumed = new ConsumedWeights(source);
    this.precision = precision;
  }

  /**
   * A whole checkpoint tensor at the precision of the products; asked for again, the same variable.
   *
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if the tensor is missing
   *     or has another shape
   */
  public Operand<TNumber> variable(Ops tf, String tensor, long... shape) {
    Operand<TNumber> variable = shared.get(tensor);
    if (variable == null) {
      variable =
          declare(tf, tensor, precision.type(), precision.bytes(), parts(tensor, shape), shape);
      shared.put(tensor, variable);
    }
    return variable;
  }

  /** As {@link #variable}, in float32 whatever the precision (norms, router, biases). */
  @SuppressWarnings("unchecked")
  public Operand<TFloat32> float32(Ops tf, String tensor, long... shape) {
    Class<TNumber> type = (Class<TNumber>) (Class<?>) TFloat32.class;
    Operand<TNumber> variable = declare(tf, tensor, type, Float.BYTES, parts(tensor, shape), shape);
    return (Operand<TFloat32>) (Operand<?>) variable;
  }

  /**
   * Some rows of a two-dimensional checkpoint tensor, one range after the other, as a variable of
   * another shape.
   *
   * @param stored shape of the tensor in the checkpoint, {@code [rows, columns]}
   * @param shape shape of the variable, with as many elements as the ranges
   */
  public Operand<TNumber> rows(
      Ops tf, String tensor, long[] stored, List<Rows> ranges, long... shape) {
    TensorEntry entry = check(tensor, stored);
    long rowBytes = stored[1] * entry.dtype().bytes();
    List<Part> parts = new ArrayList<>();
    for (Rows range : ranges) {
      parts.add(new Part(tensor, range.first() * rowBytes, range.count() * rowBytes));
    }
    return declare(tf, tensor, precision.type(), precision.bytes(), parts, shape);
  }

  /**
   * Several checkpoint tensors of one shape and stored type, stacked.
   *
   * @param shape shape of each of them
   * @return {@code [tensors, shape...]}
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if they are not
   */
  public Operand<TNumber> stacked(Ops tf, List<String> tensors, long... shape) {
    List<Part> parts = new ArrayList<>();
    tensors.forEach(tensor -> parts.addAll(parts(tensor, shape)));
    long[] all = new long[shape.length + 1];
    all[0] = tensors.size();
    System.arraycopy(shape, 0, all, 1, shape.length);
    return declare(tf, tensors.get(0), precision.type(), precision.bytes(), parts, all);
  }

  private List<Part> parts(String tensor, long... shape) {
    return List.of(new Part(tensor, 0, check(tensor, shape).bytes()));
  }

  private TensorEntry check(String tensor, long... shape) {
    TensorEntry entry = consumed.take(tensor, shape);
    if (counted.add(tensor)) {
      parameters += Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
    return entry;
  }

  private Operand<TNumber> declare(
      Ops tf, String name, Class<TNumber> type, int elementBytes, List<Part> parts, long... dims) {
    DType stored = commonType(parts);
    Shape shape = Shape.of(dims);
    VarHandleOp handle =
        tf.varHandleOp(type, shape, VarHandleOp.sharedName(slots.size() + "/" + name));
    Placeholder<TNumber> bytes = tf.placeholder(tensorType(stored), Placeholder.shape(shape));
    Operand<TNumber> value = tensorType(stored).equals(type) ? bytes : tf.dtypes.cast(bytes, type);
    long storedBytes = parts.stream().mapToLong(Part::bytes).sum();
    if (storedBytes != shape.size() * stored.bytes()) {
      throw new IllegalStateException(
          name + ": parts hold " + storedBytes + " bytes, not " + shape);
    }
    slots.add(new Slot(tf.assignVariableOp(handle, value).op(), bytes, shape, parts, storedBytes));
    residentBytes += shape.size() * elementBytes;
    return tf.readVariableOp(handle, type);
  }

  private DType commonType(List<Part> parts) {
    TensorEntry first = source.entry(parts.get(0).tensor());
    for (Part part : parts) {
      TensorEntry entry = source.entry(part.tensor());
      if (entry.dtype() != first.dtype()) {
        throw new PromptmillException(
            ErrorCode.CHECKPOINT_INVALID,
            "%s: tensor %s: expected type %s like %s, found %s"
                .formatted(entry.file(), entry.name(), first.dtype(), first.name(), entry.dtype()));
      }
    }
    return first.dtype();
  }

  @SuppressWarnings("unchecked")
  private static Class<TNumber> tensorType(DType dtype) {
    Class<? extends TNumber> type =
        switch (dtype) {
          case BF16 -> TBfloat16.class;
          case F16 -> TFloat16.class;
          case F32 -> TFloat32.class;
        };
    return (Class<TNumber>) type;
  }

  /**
   * Fails if the checkpoint holds a tensor that no layer asked for.
   *
   * @param ignorable names that published checkpoints carry and nothing needs
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} naming the leftovers
   */
  public void requireAllClaimed(Predicate<String> ignorable) {
    consumed.requireNoneLeft(ignorable);
  }

  /** Reads all variables, about a GiB at a time; the memory read into becomes the variables'. */
  public void load(GraphSession session) {
    List<Slot> batch = new ArrayList<>();
    long bytes = 0;
    for (Slot slot : slots) {
      if (!batch.isEmpty()
          && (bytes + slot.bytes() > BATCH_BYTES || batch.size() == BATCH_VARIABLES)) {
        load(session, batch);
        batch.clear();
        bytes = 0;
      }
      batch.add(slot);
      bytes += slot.bytes();
    }
    load(session, batch);
  }

  private void load(GraphSession session, List<Slot> batch) {
    Session.Runner runner = session.runner();
    List<TensorRead> reads = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    try {
      for (Slot slot : batch) {
        Tensor tensor = Tensor.of(slot.stored().type(), slot.shape());
        tensors.add(tensor);
        runner.feed(slot.stored(), tensor).addTarget(slot.assign());
        long at = 0;
        for (Part part : slot.parts()) {
          for (long done = 0; done < part.bytes(); done += READ_BYTES) {
            int bytes = (int) Math.min(READ_BYTES, part.bytes() - done);
            reads.add(
                new TensorRead(
                    part.tensor(),
                    part.offset() + done,
                    NativeMemory.view(tensor, at + done, bytes)));
          }
          at += part.bytes();
        }
      }
      source.read(reads);
      runner.run().close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** Bytes that the variables hold. */
  public long residentBytes() {
    return residentBytes;
  }

  /** Number of parameters of the checkpoint. */
  public long parameters() {
    return parameters;
  }
}
