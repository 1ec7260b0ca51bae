package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

  @Test
  void handsOutEveryBlockOnce() {
    BlockPool pool = new BlockPool(5);
    Set<Integer> blocks = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      blocks.add(pool.allocate());
    }
    assertThat(blocks).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThatThrownBy(pool::allocate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 5 blocks are held");
  }

  @Test
  void keepsABlockUntilItsLastReferenceIsReleased() {
    BlockPool pool = new BlockPool(1);
    int block = pool.allocate();
    pool.retain(block);
    pool.release(block);
    assertThat(pool.available()).isZero();
    pool.release(block);
    assertThat(pool.available()).isEqualTo(1);
  }

  @Test
  void refusesToReleaseAFreeBlock() {
    BlockPool pool = new BlockPool(1);
    pool.release(pool.allocate());
    assertThatThrownBy(() -> pool.release(0)).hasMessage("block 0 is not held");
    assertThatThrownBy(() -> pool.retain(0)).hasMessage("block 0 is free");
  }

  @Test
  void evictsTheLeastRecentlyUsedIdleBlockWhenNoneIsFree() {
    BlockPool pool = new BlockPool(3);
    List<Integer> evicted = new ArrayList<>();
    pool.onEvict(evicted::add);
    for (int i = 0; i < 3; i++) {
      pool.keep(pool.allocate());
    }
    pool.release(1);
    pool.release(0);
    pool.release(2);
    pool.retain(1);
    pool.release(1);

    assertThat(pool.available()).isEqualTo(3);
    assertThat(List.of(pool.allocate(), pool.allocate(), pool.allocate())).isEqualTo(evicted);
    assertThat(evicted).containsExactly(0, 2, 1);
  }

  @Test
  void aForgottenIdleBlockIsFree() {
    BlockPool pool = new BlockPool(2);
    pool.keep(pool.allocate());
    pool.release(0);
    assertThat(pool.used()).isEqualTo(1);
    pool.forget(0);
    assertThat(pool.used()).isZero();
    assertThat(pool.idle()).isZero();
  }
}
