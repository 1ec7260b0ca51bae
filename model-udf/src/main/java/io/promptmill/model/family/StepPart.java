package io.promptmill.model.family;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive rows of a step. The parts of a step are run one after the other to the same bits as
 * the whole: rows see only what is before them, and do not depend on their company.
 *
 * @param input the rows, counted from 0, without copies; of the head's request only its rows
 * @param headIndices for each of these head rows its index in the whole request
 */
record StepPart(StepInput input, int[] headIndices) {
  private static final int[] NONE = {};

  /** Halves a step until the attention of each part fits, or is a single row's. */
  static List<StepPart> cut(StepInput whole, AttentionMemory memory, long attentionBytes) {
    List<StepPart> parts = new ArrayList<>();
    cut(whole, 0, whole.tokenIds().length, memory, attentionBytes, parts);
    return parts;
  }

  private static void cut(
      StepInput whole,
      int from,
      int to,
      AttentionMemory memory,
      long attentionBytes,
      List<StepPart> parts) {
    if (to - from <= 1 || memory.bytes(whole.attention(), from, to) <= attentionBytes) {
      parts.add(of(whole, from, to));
      return;
    }
    int middle = (from + to) >>> 1;
    cut(whole, from, middle, memory, attentionBytes, parts);
    cut(whole, middle, to, memory, attentionBytes, parts);
  }

  private static StepPart of(StepInput whole, int from, int to) {
    int[] rows = whole.head().rows();
    if (to - from == whole.tokenIds().length) {
      return new StepPart(whole, IntStream.range(0, rows.length).toArray());
    }
    int[] headIndices =
        IntStream.range(0, rows.length).filter(i -> rows[i] >= from && rows[i] < to).toArray();
    int[] headRows = Arrays.stream(headIndices).map(i -> rows[i] - from).toArray();
    StepInput input =
        new StepInput(
            Arrays.copyOfRange(whole.tokenIds(), from, to),
            Arrays.copyOfRange(whole.positions(), from, to),
            Arrays.copyOfRange(whole.slots(), from, to),
            NONE,
            NONE,
            attention(whole.attention(), from, to),
            new HeadRequest(headRows, NONE, NONE, NONE, 0));
    return new StepPart(input, headIndices);
  }

  private static AttentionPlan attention(AttentionPlan whole, int from, int to) {
    List<AttentionGroup> groups = new ArrayList<>();
    for (AttentionGroup group : whole.groups()) {
      int[] rows = group.queryRows();
      int[] here = Arrays.copyOfRange(rows, firstAtLeast(rows, from), firstAtLeast(rows, to));
      if (here.length > 0) {
        Arrays.setAll(here, i -> here[i] - from);
        groups.add(new AttentionGroup(here, group.blocks(), group.firstPosition()));
      }
    }
    return new AttentionPlan(groups);
  }

  /** Index of the first of ascending rows that is at least {@code row}. */
  static int firstAtLeast(int[] rows, int row) {
    int found = Arrays.binarySearch(rows, row);
    return found >= 0 ? found : -found - 1;
  }
}
