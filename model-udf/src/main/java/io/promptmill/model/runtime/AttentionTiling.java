package io.promptmill.model.runtime;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import java.util.Arrays;
import java.util.List;

/**
 * An attention plan cut into tiles of few shapes. How a row is cut depends on its position alone,
 * so that its result does not depend on its company.
 *
 * <p>Outputs of all tiles lie one after the other, shape by shape in the order of {@link
 * TileShape#all}, tile by tile, query by query: first the {@code N1} rows of single shapes, then
 * the {@code N2} rows of merged ones.
 *
 * @param tiles one for each shape, in that order
 * @param mergeParts {@code [K]} index among the {@code N2} of each partial result that counts, row
 *     by row, each row's in order of position
 * @param mergeRows {@code [K]} ordinal among the {@code M} merged rows of the step, ascending
 * @param partOfMerged {@code [N2]} index into {@code mergeParts} of each output, 0 for padding
 * @param source {@code [T]} where each row's result is: its index among the {@code N1}, or {@code
 *     N1} plus its ordinal among the {@code M}
 */
public record AttentionTiling(
    List<Tiles> tiles, int[] mergeParts, int[] mergeRows, int[] partOfMerged, int[] source) {

  /**
   * Tiles of one shape.
   *
   * @param count {@code G} tiles
   * @param rows {@code [G, queries]} rows of the step
   * @param blocks {@code [G, span / block]} cache blocks
   * @param first {@code [G]} position of the first slot
   */
  public record Tiles(int count, int[] rows, int[] blocks, int[] first) {}

  /**
   * @param positions {@code [T]} position of each row in its sequence
   * @param shapes from {@link TileShape#all}
   */
  public static AttentionTiling of(AttentionPlan plan, int[] positions, List<TileShape> shapes) {
    List<TileList> lists = shapes.stream().map(TileList::new).toList();
    for (AttentionGroup group : plan.groups()) {
      int next;
      for (int kind = 0; kind < lists.size(); kind = next) {
        next = kind + 1;
        while (next < lists.size() && shapes.get(next).differsInQueriesFrom(shapes.get(kind))) {
          next++;
        }
        cut(group, rowsOf(group, shapes.get(kind), positions), lists.subList(kind, next));
      }
    }
    return merge(lists, positions);
  }

  /** Takes the largest tile that the rows left fill at least half, or the smallest there is. */
  private static void cut(AttentionGroup group, int[] rows, List<TileList> kinds) {
    for (int at = 0; at < rows.length; ) {
      int kind = 0;
      while (kind < kinds.size() - 1 && 2 * (rows.length - at) <= kinds.get(kind).shape.queries()) {
        kind++;
      }
      int end = Math.min(rows.length, at + kinds.get(kind).shape.queries());
      kinds.get(kind).add(rows, at, end, group.blocks(), group.firstPosition());
      at = end;
    }
  }

  private static int[] rowsOf(AttentionGroup group, TileShape kind, int[] positions) {
    int[] rows = new int[group.queryRows().length];
    int count = 0;
    for (int row : group.queryRows()) {
      boolean merged = positions[row] >= TileShape.SPLIT;
      int seen = Math.min(positions[row] - group.firstPosition() + 1, TileShape.SPLIT);
      if (merged == kind.merged() && TileShape.span(merged, seen) == kind.span()) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static AttentionTiling merge(List<TileList> lists, int[] positions) {
    int[] source = new int[positions.length];
    int[] ordinal = new int[positions.length];
    int merged = 0;
    int parts = 0;
    int[] firstPart = new int[positions.length];
    for (int row = 0; row < positions.length; row++) {
      if (positions[row] >= TileShape.SPLIT) {
        ordinal[row] = merged++;
        firstPart[row] = parts;
        parts += positions[row] / TileShape.SPLIT + 1;
      }
    }
    int singles = 0;
    int padded = 0;
    for (TileList list : lists) {
      if (list.shape.merged()) {
        padded += list.outputs();
      } else {
        list.forEachRow(singles, (row, output, first) -> source[row] = output);
        singles += list.outputs();
      }
    }
    int[] mergeParts = new int[parts];
    int[] mergeRows = new int[parts];
    int[] partOfMerged = new int[padded];
    int offset = 0;
    for (TileList list : lists) {
      if (list.shape.merged()) {
        list.forEachRow(
            offset,
            (row, output, first) -> {
              int part = firstPart[row] + first / TileShape.SPLIT;
              mergeParts[part] = output;
              mergeRows[part] = ordinal[row];
              partOfMerged[output] = part;
            });
        offset += list.outputs();
      }
    }
    for (int row = 0; row < positions.length; row++) {
      if (positions[row] >= TileShape.SPLIT) {
        source[row] = singles + ordinal[row];
      }
    }
    return new AttentionTiling(
        lists.stream().map(TileList::tiles).toList(), mergeParts, mergeRows, partOfMerged, source);
  }
}
