package io.promptmill.model.runtime;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Element type of weights, cache and matrix products. Softmax, router and norms are float32. */
public enum Precision {
  BFLOAT16(TBfloat16.class, 2),
  FLOAT32(TFloat32.class, 4);

  private final Class<? extends TNumber> type;
  private final int bytes;

  Precision(Class<? extends TNumber> type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * The precision of an option's value.
   *
   * @param dtype {@code auto}, {@code bfloat16} or {@code float32}; auto is bfloat16 where the
   *     hardware multiplies it
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for any other value
   */
  public static Precision of(String dtype, DevicePlacement placement) {
    return switch (dtype) {
      case "bfloat16" -> BFLOAT16;
      case "float32" -> FLOAT32;
      case "auto" -> placement.usesGpu() || CpuFeatures.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
      default ->
          throw new PromptmillException(
              ErrorCode.OPTION_INVALID,
              "dtype is '" + dtype + "', expected one of auto, bfloat16, float32");
    };
  }

  /** TensorFlow's class of the type, under the one static type that graph code uses for it. */
  @SuppressWarnings("unchecked")
  public Class<TNumber> type() {
    return (Class<TNumber>) type;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The option's spelling. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rounds to this precision; the operand itself where it is that already. */
  @SuppressWarnings("unchecked")
  public Operand<TNumber> round(Ops tf, Operand<TFloat32> x) {
    return this == FLOAT32 ? (Operand<TNumber>) (Operand<?>) x : tf.dtypes.cast(x, type());
  }

  /** Widens to float32; the operand itself where it is that already. */
  @SuppressWarnings("unchecked")
  public Operand<TFloat32> widen(Ops tf, Operand<TNumber> x) {
    return this == FLOAT32 ? (Operand<TFloat32>) (Operand<?>) x : tf.dtypes.cast(x, TFloat32.class);
  }
}
