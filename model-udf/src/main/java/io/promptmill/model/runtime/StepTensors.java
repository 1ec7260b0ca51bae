package io.promptmill.model.runtime;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The tensors that one run feeds, freed together. */
public final class StepTensors implements AutoCloseable {
  private final List<Tensor> open = new ArrayList<>();

  /** A tensor of these values. */
  public TInt32 ints(int[] values, long... shape) {
    TInt32 tensor = TInt32.tensorOf(Shape.of(shape), DataBuffers.of(values));
    open.add(tensor);
    return tensor;
  }

  /** A tensor of these values. */
  public TFloat32 floats(float[] values, long... shape) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values));
    open.add(tensor);
    return tensor;
  }

  /** A scalar tensor. */
  public TInt32 scalar(int value) {
    TInt32 tensor = TInt32.scalarOf(value);
    open.add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    open.forEach(Tensor::close);
  }
}
