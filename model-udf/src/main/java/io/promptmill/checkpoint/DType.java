package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Arrays;

/**
 * Element types of stored tensors that Promptmill reads; names are those of the safetensors format.
 */
public enum DType {
  BF16(2),
  F16(2),
  F32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * The type of a safetensors header's {@code dtype} field.
   *
   * @throws PromptmillException with {@link ErrorCode#MODEL_UNSUPPORTED} for any other name
   */
  public static DType of(String name, String file, String tensor) {
    for (DType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new PromptmillException(
        ErrorCode.MODEL_UNSUPPORTED,
        file
            + ": tensor "
            + tensor
            + " has dtype "
            + name
            + ", expected one of "
            + Arrays.toString(values()));
  }
}
