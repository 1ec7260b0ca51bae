package io.promptmill.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tokens that go through the model one after another, and the blocks that hold their latents. One
 * thread.
 */
final class Sequence {
  /** Earlier requests first, then the sequences of one request in order. */
  static final Comparator<Sequence> BY_AGE =
      Comparator.<Sequence>comparingLong(sequence -> sequence.task.arrival())
          .thenComparingInt(sequence -> sequence.ordinal);

  enum State {
    /** Queued, holds no blocks. */
    WAITING,
    /** Holds blocks. */
    RUNNING,
    DONE
  }

  private final Task task;
  private final int ordinal;
  private int[] tokens;
  private int length;
  private int nextOutput;
  private int[] blocks = new int[8];
  private int blockCount;
  private int computed;
  private final List<int[]> splits = new ArrayList<>();
  private State state = State.WAITING;
  private boolean scheduled;
  private int suspectUntil;

  /**
   * @param ordinal place among the sequences of its task
   * @param tokens known tokens; the sequence keeps the array
   * @param nextOutput lowest position whose next-token distribution is wanted
   */
  Sequence(Task task, int ordinal, int[] tokens, int nextOutput) {
    this.task = task;
    this.ordinal = ordinal;
    this.tokens = tokens;
    this.length = tokens.length;
    this.nextOutput = nextOutput;
  }

  Task task() {
    return task;
  }

  int ordinal() {
    return ordinal;
  }

  int[] tokens() {
    return tokens;
  }

  int length() {
    return length;
  }

  void append(int token) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, length + Math.max(16, length / 4));
    }
    tokens[length++] = token;
  }

  /** Lowest position whose next-token distribution is wanted; all known ones above it are too. */
  int nextOutput() {
    return nextOutput;
  }

  void outputTaken(int position) {
    nextOutput = position + 1;
  }

  /** Tokens whose latents are in the cache, or will be after the planned step. */
  int computed() {
    return computed;
  }

  void advance(int count) {
    computed += count;
  }

  /** Known tokens that have not gone through the model. */
  int remaining() {
    return length - computed;
  }

  /** Block ids in order of position; the first {@link #blockCount()} are valid. */
  int[] blocks() {
    return blocks;
  }

  int blockCount() {
    return blockCount;
  }

  void addBlock(int block) {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    blocks[blockCount++] = block;
  }

  /** Takes blocks whose latents are already there. */
  void adopt(int[] path, int count, int tokenCount) {
    blocks = Arrays.copyOf(path, Math.max(8, count + 2));
    blockCount = count;
    computed = tokenCount;
  }

  /** Forgets all blocks; everything is to be computed again. */
  void reset() {
    blockCount = 0;
    computed = 0;
    splits.clear();
  }

  /**
   * Blocks of a split whose slots are all computed; such blocks never change, so the array is made
   * once.
   */
  int[] filledSplit(int index, int blocksPerSplit) {
    while (splits.size() <= index) {
      int from = splits.size() * blocksPerSplit;
      splits.add(Arrays.copyOfRange(blocks, from, from + blocksPerSplit));
    }
    return splits.get(index);
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  /** Whether the step that is being planned has rows of this sequence. */
  boolean scheduled() {
    return scheduled;
  }

  void scheduled(boolean value) {
    scheduled = value;
  }

  /** Notes that a step failed that was to bring the sequence up to this many tokens. */
  void suspect(int tokenCount) {
    suspectUntil = Math.max(suspectUntil, tokenCount);
  }

  /** Notes that a step succeeded; past the point of the failure the suspicion ends for good. */
  void stepSucceeded() {
    if (computed >= suspectUntil) {
      suspectUntil = 0;
    }
  }

  /** Whether the sequence was in a failed step and has not got as far since. */
  boolean suspect() {
    return suspectUntil > 0;
  }
}
