package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The files of one checkpoint, found by name. Thread-safe. */
interface CheckpointFiles extends Closeable {

  /** Where the checkpoint lies, for people and errors. */
  String uri();

  /** The file of that name, or empty if the checkpoint has none. */
  Optional<CheckpointFile> find(String name) throws IOException;

  /**
   * The whole content of a small file, or empty if the checkpoint has none of that name.
   *
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if it cannot be read or
   *     is larger than {@code limit} bytes
   */
  default Optional<byte[]> content(String name, int limit) {
    try {
      Optional<CheckpointFile> file = find(name);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      long size = file.get().size();
      if (size > limit) {
        throw new PromptmillException(
            ErrorCode.CHECKPOINT_INVALID,
            uri() + ": " + name + " has " + size + " bytes, expected at most " + limit);
      }
      return Optional.of(file.get().bytes(0, Math.toIntExact(size)));
    } catch (IOException e) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID, uri() + ": " + name + " cannot be read: " + e, e);
    }
  }
}
