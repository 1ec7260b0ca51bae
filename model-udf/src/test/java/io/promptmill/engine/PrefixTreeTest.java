package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrefixTreeTest {
  private final BlockPool pool = new BlockPool(8);
  private final PrefixTree tree = new PrefixTree(pool, 2);
  private final int[] path = new int[8];

  @Test
  void matchesTheLongestPathOfFullBlocks() {
    int[] blocks = insert(1, 2, 3, 4, 5, 6);
    assertThat(tree.match(new int[] {1, 2, 3, 4, 9, 9}, 3, path)).isEqualTo(2);
    assertThat(path).startsWith(blocks[0], blocks[1]);
    assertThat(tree.match(new int[] {1, 2, 3, 4, 5, 6}, 1, path)).isEqualTo(1);
    assertThat(tree.match(new int[] {3, 4}, 1, path)).isZero();
  }

  @Test
  void tellsEqualTokensBelowDifferentPrefixesApart() {
    int[] one = insert(1, 1, 5, 5);
    int[] two = insert(2, 2, 5, 5);
    assertThat(tree.match(new int[] {2, 2, 5, 5}, 2, path)).isEqualTo(2);
    assertThat(path).startsWith(two[0], two[1]);
    assertThat(two[1]).isNotEqualTo(one[1]);
  }

  @Test
  void refusesASecondBlockForTheSamePrefixAndAllBelowIt() {
    insert(1, 2);
    int[] twin = {pool.allocate(), pool.allocate()};
    assertThat(tree.insert(new int[] {1, 2, 3, 4}, twin, 0)).isFalse();
    assertThat(tree.insert(new int[] {1, 2, 3, 4}, twin, 1)).isFalse();
    assertThat(tree.contains(twin[1])).isFalse();
  }

  @Test
  void evictionTakesTheDeepestBlockFirst() {
    int[] blocks = insert(1, 2, 3, 4, 5, 6);
    for (int i = blocks.length - 1; i >= 0; i--) {
      pool.release(blocks[i]);
    }
    for (int i = 0; i < 6; i++) {
      pool.allocate();
    }
    assertThat(tree.match(new int[] {1, 2, 3, 4, 5, 6}, 3, path)).isEqualTo(2);
  }

  @Test
  void refusesToRemoveABlockWithBlocksBelowIt() {
    int[] blocks = insert(1, 2, 3, 4);
    assertThatThrownBy(() -> tree.remove(blocks[0])).isInstanceOf(IllegalStateException.class);
    tree.remove(blocks[1]);
    tree.remove(blocks[0]);
    assertThat(tree.match(new int[] {1, 2}, 1, path)).isZero();
  }

  @Test
  void refusesABlockThatAlreadyStandsForAnotherPrefix() {
    int[] blocks = insert(1, 2);
    assertThatThrownBy(() -> tree.insert(new int[] {3, 4}, blocks, 0))
        .hasMessage("block 0 is in the tree for another prefix");
  }

  private int[] insert(int... tokens) {
    int[] blocks = new int[tokens.length / 2];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = pool.allocate();
      assertThat(tree.insert(tokens, blocks, i)).isTrue();
    }
    return blocks;
  }
}
