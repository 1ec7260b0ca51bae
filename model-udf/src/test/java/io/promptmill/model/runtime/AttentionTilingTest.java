package io.promptmill.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tiles hold every row of a plan once for each split that it sees, and results find back. */
class AttentionTilingTest {
  private static final int SPLIT = TileShape.SPLIT;

  /** Each row's outputs as {@code first position → where}, from the tiles. */
  private static List<Map<Integer, Integer>> outputs(
      AttentionTiling tiling, List<TileShape> shapes, int rows, boolean merged) {
    List<Map<Integer, Integer>> found = new ArrayList<>();
    IntStream.range(0, rows).forEach(row -> found.add(new HashMap<>()));
    int offset = 0;
    for (int i = 0; i < shapes.size(); i++) {
      TileShape shape = shapes.get(i);
      AttentionTiling.Tiles tiles = tiling.tiles().get(i);
      if (shape.merged() != merged) {
        continue;
      }
      assertThat(tiles.rows()).hasSize(tiles.count() * shape.queries());
      assertThat(tiles.blocks()).hasSize(tiles.count() * shape.blocks());
      for (int at = 0; at < tiles.rows().length; at++) {
        found.get(tiles.rows()[at]).putIfAbsent(tiles.first()[at / shape.queries()], offset + at);
      }
      offset += tiles.rows().length;
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyRowFindsTheResultsOfAllItsSplitsInOrder(Precision precision) {
    List<TileShape> shapes = TileShape.all(precision);
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 50; round++) {
      List<Integer> positions = new ArrayList<>();
      List<AttentionGroup> groups = new ArrayList<>();
      int sequences = random.nextInt(1, 9);
      for (int sequence = 0; sequence < sequences; sequence++) {
        int from = random.nextInt(0, 3 * SPLIT);
        int count = random.nextInt(1, 200);
        int firstRow = positions.size();
        IntStream.range(0, count).forEach(i -> positions.add(from + i));
        for (int split = 0; split < from + count; split += SPLIT) {
          int start = split;
          int[] rows =
              IntStream.range(0, count)
                  .filter(i -> from + i >= start)
                  .map(i -> firstRow + i)
                  .toArray();
          int blocks = (Math.min(SPLIT, from + count - split) + 15) / 16;
          groups.add(new AttentionGroup(rows, IntStream.range(0, blocks).toArray(), split));
        }
      }
      int[] at = positions.stream().mapToInt(Integer::intValue).toArray();
      check(AttentionTiling.of(new AttentionPlan(groups), at, shapes), shapes, at);
    }
  }

  private static void check(AttentionTiling tiling, List<TileShape> shapes, int[] positions) {
    var singles = outputs(tiling, shapes, positions.length, false);
    var merged = outputs(tiling, shapes, positions.length, true);
    int singleOutputs =
        IntStream.range(0, shapes.size())
            .filter(i -> !shapes.get(i).merged())
            .map(i -> tiling.tiles().get(i).rows().length)
            .sum();
    int part = 0;
    int ordinal = 0;
    for (int row = 0; row < positions.length; row++) {
      if (positions[row] < SPLIT) {
        assertThat(tiling.source()[row]).isEqualTo(singles.get(row).get(0));
        continue;
      }
      assertThat(tiling.source()[row]).isEqualTo(singleOutputs + ordinal);
      for (int split = 0; split <= positions[row]; split += SPLIT) {
        assertThat(tiling.mergeRows()[part]).isEqualTo(ordinal);
        assertThat(tiling.mergeParts()[part]).isEqualTo(merged.get(row).get(split));
        assertThat(tiling.partOfMerged()[tiling.mergeParts()[part]]).isEqualTo(part);
        part++;
      }
      ordinal++;
    }
    assertThat(tiling.mergeParts()).hasSize(part);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aRowsTileDependsOnItsPositionAlone(Precision precision) {
    List<TileShape> shapes = TileShape.all(precision);
    for (int position : new int[] {0, 127, 128, 300, 511, 512, 767, 768, 1023}) {
      int split = position / SPLIT * SPLIT;
      AttentionGroup alone = new AttentionGroup(new int[] {0}, new int[32], split);
      AttentionTiling one =
          AttentionTiling.of(new AttentionPlan(List.of(alone)), new int[] {position}, shapes);
      int[] rows = IntStream.range(0, 130).toArray();
      AttentionGroup crowd = new AttentionGroup(rows, new int[32], split);
      int[] positions = IntStream.of(rows).map(i -> i == 77 ? position : split).toArray();
      AttentionTiling many =
          AttentionTiling.of(new AttentionPlan(List.of(crowd)), positions, shapes);
      assertThat(spanOf(many, shapes, 77)).isEqualTo(spanOf(one, shapes, 0));
      assertThat(spanOf(one, shapes, 0)).isGreaterThan(position - split);
    }
  }

  private static int spanOf(AttentionTiling tiling, List<TileShape> shapes, int row) {
    return IntStream.range(0, shapes.size())
        .filter(i -> IntStream.of(tiling.tiles().get(i).rows()).anyMatch(r -> r == row))
        .map(i -> shapes.get(i).span())
        .findFirst()
        .orElseThrow();
  }
}
