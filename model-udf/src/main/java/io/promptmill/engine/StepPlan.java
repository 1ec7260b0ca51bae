package io.promptmill.engine;

import java.util.ArrayList;
import java.util.List;

/** Which tokens of which sequences go through the model in one step. */
final class StepPlan {

  /** Tokens {@code [from, from + count)} of a sequence. */
  record Chunk(Sequence sequence, int from, int count) {}

  private final int maxTokens;
  private final int maxSequences;
  private final List<Chunk> chunks = new ArrayList<>();
  private final IntList copyFrom = new IntList();
  private final IntList copyTo = new IntList();
  private final IntList published = new IntList();
  private int tokens;

  StepPlan(int maxTokens, int maxSequences) {
    this.maxTokens = maxTokens;
    this.maxSequences = maxSequences;
  }

  /** Tokens that still fit, 0 if the plan is full. */
  int room() {
    return chunks.size() == maxSequences ? 0 : maxTokens - tokens;
  }

  void add(Chunk chunk) {
    chunks.add(chunk);
    tokens += chunk.count();
  }

  /** Copies a block before any token of the step is written. */
  void copy(int from, int to) {
    copyFrom.add(from);
    copyTo.add(to);
  }

  /** Notes a block that entered the prefix tree although this step is yet to write it. */
  void publish(int block) {
    published.add(block);
  }

  List<Chunk> chunks() {
    return chunks;
  }

  int tokens() {
    return tokens;
  }

  IntList copyFrom() {
    return copyFrom;
  }

  IntList copyTo() {
    return copyTo;
  }

  IntList published() {
    return published;
  }
}
