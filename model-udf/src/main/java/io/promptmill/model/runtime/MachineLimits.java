package io.promptmill.model.runtime;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What the device does at best, measured with the tensor engine itself; each figure is the best of
 * several runs.
 *
 * @param bfloat16Gflops matrix products in bfloat16, 10⁹ floating-point operations a second, a
 *     multiplication and an addition counted as two
 * @param float32Gflops the same in float32
 * @param readGbs reads of memory, 10⁹ bytes a second
 */
public record MachineLimits(double bfloat16Gflops, double float32Gflops, double readGbs) {
  static {
    NativeLimits.lift();
  }

  /**
   * How much the measurement does.
   *
   * @param matrix side of the square matrices
   * @param readBytes memory to read, far beyond the caches
   * @param runs of each measurement, after one that is not counted
   */
  public record Effort(int matrix, long readBytes, int runs) {
    public static final Effort FULL = new Effort(4096, 1L << 30, 5);
  }

  private static final int ROW = 4096;

  /**
   * Measures the first device.
   *
   * @param devices as in {@link io.promptmill.model.ModelOptions}
   * @param threads threads of one operation, 0 for all processors of the JVM
   */
  public static MachineLimits measure(List<String> devices, int threads, Effort effort) {
    DevicePlacement placement = DevicePlacement.of(devices);
    return new MachineLimits(
        matmul(placement, threads, Precision.BFLOAT16, effort),
        matmul(placement, threads, Precision.FLOAT32, effort),
        read(placement, threads, effort));
  }

  /** Products a second in a precision, as {@code bfloat16} or {@code float32}. */
  public double gflops(String dtype) {
    return dtype.equals(Precision.BFLOAT16.text()) ? bfloat16Gflops : float32Gflops;
  }

  private static double matmul(
      DevicePlacement placement, int threads, Precision precision, Effort effort) {
    try (GraphSession session = new GraphSession(placement, threads)) {
      Ops tf = session.on(placement.first());
      Operand<TInt32> shape = tf.constant(new int[] {effort.matrix(), effort.matrix()});
      Operand<TNumber> random = precision.round(tf, tf.random.randomUniform(shape, TFloat32.class));
      Operand<TNumber> x = variable(session, tf, precision, "x", random, square(effort));
      Operand<TNumber> y = variable(session, tf, precision, "y", random, square(effort));
      // The transposed right side is how published weights lie.
      Op product = tf.linalg.matMul(x, y, MatMul.transposeB(true));
      double work = 2.0 * effort.matrix() * effort.matrix() * effort.matrix();
      return best(session, product, work, effort.runs());
    }
  }

  private static double read(DevicePlacement placement, int threads, Effort effort) {
    try (GraphSession session = new GraphSession(placement, threads)) {
      Ops tf = session.on(placement.first());
      long rows = Math.max(1, effort.readBytes() / Float.BYTES / ROW);
      Shape shape = Shape.of(rows, ROW);
      Operand<TNumber> ones =
          Precision.FLOAT32.round(tf, tf.fill(tf.constant(shape.asArray()), tf.constant(1f)));
      Operand<TNumber> memory = variable(session, tf, Precision.FLOAT32, "memory", ones, shape);
      Op sum = tf.sum(memory, tf.constant(1));
      return best(session, sum, (double) rows * ROW * Float.BYTES, effort.runs());
    }
  }

  private static Shape square(Effort effort) {
    return Shape.of(effort.matrix(), effort.matrix());
  }

  private static Operand<TNumber> variable(
      GraphSession session,
      Ops tf,
      Precision precision,
      String name,
      Operand<TNumber> value,
      Shape shape) {
    VarHandleOp handle =
        tf.varHandleOp(precision.type(), shape, VarHandleOp.sharedName("limits/" + name));
    session.runner().addTarget(tf.assignVariableOp(handle, value).op()).run().close();
    return tf.readVariableOp(handle, precision.type());
  }

  /** 10⁹ units of work a second. */
  private static double best(GraphSession session, Op op, double work, int runs) {
    session.runner().addTarget(op.op()).run().close();
    double best = 0;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      session.runner().addTarget(op.op()).run().close();
      best = Math.max(best, work / Math.max(1, System.nanoTime() - start));
    }
    return best;
  }
}
