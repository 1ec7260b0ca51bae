package io.promptmill.model.family;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step of at least two rows and, where the head is asked, at least two head rows: a single row
 * would be reduced by another kernel than many, which changes its last bits.
 *
 * @param tokenIds {@code [T]}
 * @param positions {@code [T]}
 * @param slots {@code [T]}
 * @param attention groups over the {@code T} rows
 * @param headRows {@code [R]}
 */
record PaddedStep(
    int[] tokenIds, int[] positions, int[] slots, AttentionPlan attention, int[] headRows) {

  static PaddedStep of(StepInput input, KvLayout layout) {
    int[] headRows = padded(input.head().rows());
    if (input.tokenIds().length != 1) {
      return new PaddedStep(
          input.tokenIds(), input.positions(), input.slots(), input.attention(), headRows);
    }
    int block = CacheSize.paddingBlock(layout);
    List<AttentionGroup> groups = new ArrayList<>(input.attention().groups());
    groups.add(new AttentionGroup(new int[] {1}, new int[] {block}, 0));
    return new PaddedStep(
        Arrays.copyOf(input.tokenIds(), 2),
        Arrays.copyOf(input.positions(), 2),
        new int[] {input.slots()[0], block * layout.blockSize()},
        new AttentionPlan(groups),
        headRows);
  }

  private static int[] padded(int[] rows) {
    return rows.length == 1 ? new int[] {rows[0], rows[0]} : rows;
  }

  /** Positions of the head's rows. */
  int[] headPositions() {
    return Arrays.stream(headRows).map(row -> positions[row]).toArray();
  }

  /** The attention of the head's rows alone, which are counted from 0. */
  AttentionPlan headAttention() {
    int[][] places = new int[tokenIds.length][];
    for (int i = 0; i < headRows.length; i++) {
      int[] before = places[headRows[i]];
      int[] now = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
      now[now.length - 1] = i;
      places[headRows[i]] = now;
    }
    List<AttentionGroup> groups = new ArrayList<>();
    for (AttentionGroup group : attention.groups()) {
      int[] rows =
          Arrays.stream(group.queryRows())
              .filter(row -> places[row] != null)
              .flatMap(row -> Arrays.stream(places[row]))
              .toArray();
      if (rows.length > 0) {
        groups.add(new AttentionGroup(rows, group.blocks(), group.firstPosition()));
      }
    }
    return new AttentionPlan(groups);
  }
}
