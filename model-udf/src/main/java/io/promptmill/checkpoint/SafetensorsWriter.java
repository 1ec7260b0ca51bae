package io.promptmill.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one safetensors file: the header at once, then the bodies in the order of the header. Uses
 * no memory for the bodies.
 */
final class SafetensorsWriter implements Closeable {
  /** Published files pad the header with spaces so that the bodies are aligned. */
  private static final int ALIGNMENT = 8;

  private final OutputStream out;
  private long missing;

  /**
   * @param name tensor name
   * @param shape row-major
   */
  record Tensor(String name, DType dtype, List<Long> shape) {
    long bytes() {
      return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    }
  }

  /**
   * Writes the header.
   *
   * @param out closed by {@link #close()}
   */
  SafetensorsWriter(OutputStream out, List<Tensor> tensors) throws IOException {
    this.out = out;
    ObjectNode header = StrictJson.MAPPER.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    for (Tensor tensor : tensors) {
      ObjectNode node = header.putObject(tensor.name()).put("dtype", tensor.dtype().name());
      ArrayNode shape = node.putArray("shape");
      tensor.shape().forEach(shape::add);
      node.putArray("data_offsets").add(missing).add(missing + tensor.bytes());
      missing += tensor.bytes();
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded.length)
            .array());
    out.write(padded);
  }

  /** Appends the first {@code length} bytes to the bodies. */
  void write(byte[] bytes, int length) throws IOException {
    missing -= length;
    out.write(bytes, 0, length);
  }

  /**
   * @throws IllegalStateException if the bodies that were written are not as long as the header
   *     says
   */
  @Override
  public void close() throws IOException {
    out.close();
    if (missing != 0) {
      throw new IllegalStateException("bodies differ from the header by " + missing + " bytes");
    }
  }
}
