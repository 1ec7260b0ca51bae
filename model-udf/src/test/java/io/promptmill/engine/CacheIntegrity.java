package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every block when nothing runs. */
final class CacheIntegrity {
  private CacheIntegrity() {}

  static void checkIdle(BlockPool pool) {
    for (int block = 0; block < pool.size(); block++) {
      assertThat(pool.references(block)).as("references of block %d", block).isZero();
    }
    assertThat(pool.available()).isEqualTo(pool.size());
    assertThat(pool.used()).isEqualTo(pool.idle());
  }
}
