package io.promptmill.engine;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What every step's input must keep, as the documentation of its records says. */
final class StepContract {
  private StepContract() {}

  /**
   * Checks an input.
   *
   * @return for each row its groups by first position
   */
  static List<NavigableMap<Integer, AttentionGroup>> check(
      StepInput input, KvLayout layout, int maxStepTokens) {
    int rows = input.tokenIds().length;
    require(rows >= 1 && rows <= maxStepTokens, "a step has from 1 to maxStepTokens rows");
    require(input.positions().length == rows && input.slots().length == rows, "rows agree");
    require(distinct(input.slots()), "no slot occurs twice");
    require(input.copyFrom().length == input.copyTo().length, "copies have both ends");
    require(distinct(input.copyTo()), "no block is copied to twice");
    for (int from : input.copyFrom()) {
      require(Arrays.stream(input.copyTo()).noneMatch(to -> to == from), "copies are independent");
    }
    checkHead(input.head(), rows);
    return checkAttention(input, layout);
  }

  private static void checkHead(HeadRequest head, int rows) {
    require(distinct(head.rows()), "no head row occurs twice");
    require(distinct(head.logitsRows()), "no logits row occurs twice");
    require(within(head.rows(), rows), "head rows are rows of the batch");
    require(head.targetIds().length == head.targetRows().length, "targets have rows");
    require(within(head.targetRows(), head.rows().length), "target rows are head rows");
    require(within(head.logitsRows(), head.rows().length), "logits rows are head rows");
  }

  private static List<NavigableMap<Integer, AttentionGroup>> checkAttention(
      StepInput input, KvLayout layout) {
    List<NavigableMap<Integer, AttentionGroup>> rowGroups = new ArrayList<>();
    for (int row = 0; row < input.tokenIds().length; row++) {
      rowGroups.add(new TreeMap<>());
    }
    Set<List<Integer>> filledSplits = new HashSet<>();
    int lastFirst = 0;
    for (AttentionGroup group : input.attention().groups()) {
      int first = group.firstPosition();
      require(first % layout.splitSize() == 0, "splits start at multiples of their size");
      require(first >= lastFirst, "groups come in order of their positions");
      lastFirst = first;
      int blocks = group.blocks().length;
      require(blocks >= 1 && blocks <= layout.blocksPerSplit(), "a group is within a split");
      if (blocks == layout.blocksPerSplit()) {
        require(
            filledSplits.add(Arrays.stream(group.blocks()).boxed().toList()),
            "a shared split is one group");
      }
      int last = -1;
      for (int row : group.queryRows()) {
        require(row > last, "query rows ascend");
        last = row;
        require(rowGroups.get(row).put(first, group) == null, "a row is in a split once");
      }
      require(last >= 0, "a group has rows");
    }
    Map<Integer, Integer> writers = new HashMap<>();
    for (int row = 0; row < rowGroups.size(); row++) {
      writers.put(input.slots()[row], row);
    }
    for (int row = 0; row < rowGroups.size(); row++) {
      checkRow(input, layout, row, rowGroups.get(row));
      checkOrder(input, layout, row, rowGroups.get(row), writers);
    }
    return rowGroups;
  }

  private static void checkOrder(
      StepInput input,
      KvLayout layout,
      int row,
      NavigableMap<Integer, AttentionGroup> groups,
      Map<Integer, Integer> writers) {
    for (AttentionGroup group : groups.values()) {
      int end = Math.min(input.positions()[row] + 1, group.firstPosition() + layout.splitSize());
      for (int offset = 0; offset < end - group.firstPosition(); offset++) {
        int slot =
            group.blocks()[offset / layout.blockSize()] * layout.blockSize()
                + offset % layout.blockSize();
        require(writers.getOrDefault(slot, row) <= row, "a row comes after those that it sees");
      }
    }
  }

  private static void checkRow(
      StepInput input, KvLayout layout, int row, NavigableMap<Integer, AttentionGroup> groups) {
    int position = input.positions()[row];
    require(groups.size() == position / layout.splitSize() + 1, "a row is in every split up to it");
    for (AttentionGroup group : groups.headMap(groups.lastKey(), false).values()) {
      require(group.blocks().length == layout.blocksPerSplit(), "splits before the last are full");
    }
    AttentionGroup last = groups.lastEntry().getValue();
    int offset = position - last.firstPosition();
    require(offset / layout.blockSize() < last.blocks().length, "the last split reaches the row");
    int slot =
        last.blocks()[offset / layout.blockSize()] * layout.blockSize()
            + offset % layout.blockSize();
    require(input.slots()[row] == slot, "a row sees its own slot at its own position");
  }

  private static boolean distinct(int[] values) {
    return Arrays.stream(values).distinct().count() == values.length;
  }

  private static boolean within(int[] values, int bound) {
    return Arrays.stream(values).allMatch(value -> value >= 0 && value < bound);
  }

  private static void require(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError("broken promise of a step: " + promise);
    }
  }
}
