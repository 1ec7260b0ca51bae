package io.promptmill.model.runtime;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Copies of what a run gave, row-major, which outlive its tensors. */
public final class FetchedValues {
  private FetchedValues() {}

  /** Elements of an int32 tensor. */
  public static int[] ints(Tensor tensor) {
    TInt32 typed = (TInt32) tensor;
    int[] values = new int[(int) typed.size()];
    typed.copyTo(DataBuffers.of(values));
    return values;
  }

  /** Elements of a float32 tensor. */
  public static float[] floats(Tensor tensor) {
    TFloat32 typed = (TFloat32) tensor;
    float[] values = new float[(int) typed.size()];
    typed.copyTo(DataBuffers.of(values));
    return values;
  }
}
