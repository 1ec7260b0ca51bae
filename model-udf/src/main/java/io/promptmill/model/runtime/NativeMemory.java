package io.promptmill.model.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/** The native memory behind a tensor, so that files are read straight into it. */
final class NativeMemory extends BytePointer {

  private NativeMemory(long address, long bytes) {
    super((Pointer) null);
    this.address = address;
    capacity(bytes);
  }

  /**
   * A view of a part of the tensor's bytes, valid while the tensor is open.
   *
   * @param offset first byte
   * @param bytes length, at most 2 GiB less one
   */
  static ByteBuffer view(Tensor tensor, long offset, int bytes) {
    NativeMemory memory =
        tensor
            .asRawTensor()
            .data()
            .accept(
                new DataStorageVisitor<NativeMemory>() {
                  @Override
                  public NativeMemory visit(long address, long length, long scale) {
                    return new NativeMemory(address, tensor.numBytes());
                  }

                  @Override
                  public NativeMemory fallback() {
                    throw new IllegalStateException("tensor memory is not native: " + tensor);
                  }
                });
    memory.position(offset).limit(offset + bytes);
    return memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
