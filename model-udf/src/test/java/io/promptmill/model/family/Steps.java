package io.promptmill.model.family;

import io.promptmill.model.AttentionGroup;
import io.promptmill.model.AttentionPlan;
import io.promptmill.model.HeadRequest;
import io.promptmill.model.KvLayout;
import io.promptmill.model.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Plans steps by the book, without a scheduler: every sequence has blocks of its own. */
final class Steps {
  private final KvLayout layout;
  private final List<Integer> tokens = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final List<Integer> slots = new ArrayList<>();
  private final List<AttentionGroup> groups = new ArrayList<>();

  Steps(KvLayout layout) {
    this.layout = layout;
  }

  /**
   * Adds tokens of a sequence.
   *
   * @param firstBlock first of the consecutive blocks that it owns
   * @param from position of the first token
   */
  Steps add(int[] tokenIds, int from, int firstBlock) {
    int size = layout.blockSize();
    int firstRow = tokens.size();
    for (int i = 0; i < tokenIds.length; i++) {
      tokens.add(tokenIds[i]);
      positions.add(from + i);
      slots.add(firstBlock * size + from + i);
    }
    int end = from + tokenIds.length;
    for (int split = 0; split < end; split += layout.splitSize()) {
      int start = split;
      int[] rows =
          IntStream.range(0, tokenIds.length)
              .filter(i -> from + i >= start)
              .map(i -> firstRow + i)
              .toArray();
      int blocks = (Math.min(end, split + layout.splitSize()) - split + size - 1) / size;
      int first = firstBlock + split / size;
      groups.add(new AttentionGroup(rows, IntStream.range(first, first + blocks).toArray(), split));
    }
    return this;
  }

  /** The step, asking for the whole logits of all its rows. */
  StepInput allLogits() {
    int[] rows = IntStream.range(0, tokens.size()).toArray();
    return input(new HeadRequest(rows, new int[0], new int[0], rows, 0));
  }

  StepInput input(HeadRequest head) {
    return new StepInput(
        ints(tokens),
        ints(positions),
        ints(slots),
        new int[0],
        new int[0],
        new AttentionPlan(groups),
        head);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  static int[] part(int[] all, int from, int to) {
    return Arrays.copyOfRange(all, from, to);
  }
}
