package io.promptmill.model.family;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.KvLayout;
import io.promptmill.model.runtime.TileShape;

/**
 * How much the cache holds.
 *
 * @param layout what callers may use; one more block is kept for padding rows
 */
record CacheSize(KvLayout layout) {

  /**
   * @param bytes budget
   * @param bytesPerToken of one token in all layers
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if not even two blocks fit
   */
  static CacheSize of(long bytes, long bytesPerToken) {
    long blockBytes = bytesPerToken * TileShape.BLOCK;
    long blocks = Math.min(bytes / blockBytes, Integer.MAX_VALUE / TileShape.BLOCK) - 1;
    if (blocks < 1) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "cache bytes: expected at least "
              + 2 * blockBytes
              + " (two blocks of "
              + TileShape.BLOCK
              + " tokens), found "
              + bytes);
    }
    return new CacheSize(
        new KvLayout(
            TileShape.BLOCK, TileShape.SPLIT / TileShape.BLOCK, (int) blocks, bytesPerToken));
  }

  /** Block of padding rows. */
  static int paddingBlock(KvLayout layout) {
    return layout.blockCount();
  }

  /** Slots of all blocks. */
  long slots() {
    return (layout.blockCount() + 1L) * layout.blockSize();
  }
}
