package io.promptmill.model.runtime;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The device side of the cache: for each layer one variable {@code [slots, width]} that is written
 * by slot and read by slot, never as a whole.
 */
public final class KvTensors {
  private final Precision precision;
  private final long slots;
  private final List<Operation> clears = new ArrayList<>();
  private final List<Operation> copies = new ArrayList<>();
  private final Placeholder<TInt32> copyFrom;
  private final Placeholder<TInt32> copyTo;

  /**
   * @param tf where indices are fed
   * @param slots rows of every layer's variable
   */
  public KvTensors(Ops tf, Precision precision, long slots) {
    this.precision = precision;
    this.slots = slots;
    this.copyFrom = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    this.copyTo = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
  }

  /** One layer's cache. */
  public final class Layer {
    private final VarHandleOp handle;

    private Layer(VarHandleOp handle) {
      this.handle = handle;
    }

    /**
     * @param slots {@code [T]} where to
     * @param rows {@code [T, width]}
     * @return what reads of this step must wait for
     */
    public Op write(Ops tf, Operand<TInt32> slots, Operand<TNumber> rows) {
      return tf.resourceScatterUpdate(handle, slots, rows);
    }

    /**
     * @param slots {@code [G, S]}
     * @param written from {@link #write}
     * @return {@code [G, S, width]}
     */
    public Operand<TNumber> read(Ops tf, Operand<TInt32> slots, Op written) {
      return tf.withControlDependencies(List.of(written))
          .resourceGather(handle, slots, precision.type());
    }
  }

  /** Declares the cache of one more layer. */
  public Layer layer(Ops tf, int width) {
    VarHandleOp handle =
        tf.varHandleOp(
            precision.type(),
            Shape.of(slots, width),
            VarHandleOp.sharedName("cache/" + clears.size()));
    Operand<TNumber> zero = tf.dtypes.cast(tf.constant(0f), precision.type());
    Operand<TNumber> zeros = tf.fill(tf.constant(new long[] {slots, width}), zero);
    clears.add(tf.assignVariableOp(handle, zeros).op());
    Operand<TNumber> from = tf.resourceGather(handle, copyFrom, precision.type());
    copies.add(tf.resourceScatterUpdate(handle, copyTo, from).op());
    return new Layer(handle);
  }

  /**
   * Zeroes the cache; attention multiplies slots it does not see by zero, so they must be finite.
   */
  public void clear(GraphSession session) {
    for (Operation clear : clears) {
      session.runner().addTarget(clear).run().close();
    }
  }

  /**
   * Copies rows in all layers; all sources are read before any target is written.
   *
   * @param from {@code [N]} slots
   * @param to {@code [N]} slots
   */
  public void copy(GraphSession session, int[] from, int[] to) {
    try (TInt32 source = TInt32.vectorOf(from);
        TInt32 target = TInt32.vectorOf(to)) {
      var runner = session.runner().feed(copyFrom, source).feed(copyTo, target);
      copies.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
