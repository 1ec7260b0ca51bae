package io.promptmill.checkpoint;

import java.util.List;

/**
 * Where one tensor of a checkpoint lies.
 *
 * @param name the checkpoint's own name, such as {@code model.layers.0.self_attn.o_proj.weight}
 * @param dtype stored element type
 * @param shape stored shape, row-major
 * @param file shard that holds it, relative to the checkpoint
 * @param offset first byte within that file
 * @param bytes length in bytes, equal to the product of the shape times the element size
 */
public record TensorEntry(
    String name, DType dtype, List<Long> shape, String file, long offset, long bytes) {

  public TensorEntry {
    shape = List.copyOf(shape);
  }
}
