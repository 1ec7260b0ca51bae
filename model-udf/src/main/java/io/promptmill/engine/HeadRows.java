package io.promptmill.engine;

import io.promptmill.model.HeadRequest;
import io.promptmill.model.StepOutput;
import java.util.ArrayList;
import java.util.List;

/** Collects what the tasks want of a step's head, and finds it again in the output. */
final class HeadRows {
  private final IntList batchRows = new IntList();
  private final List<Sequence> sequences = new ArrayList<>();
  private final IntList positions = new IntList();
  private final IntList firstTarget = new IntList();
  private final IntList firstLogits = new IntList();
  private final IntList targetRows = new IntList();
  private final IntList targetIds = new IntList();
  private final IntList logitsRows = new IntList();
  private final IntList firstHidden = new IntList();
  private final IntList hiddenRows = new IntList();
  private int topN;

  /** Adds a row; what is asked for next belongs to it. */
  void begin(Sequence sequence, int position, int batchRow) {
    sequences.add(sequence);
    positions.add(position);
    batchRows.add(batchRow);
    firstTarget.add(targetIds.size());
    firstLogits.add(logitsRows.size());
    firstHidden.add(hiddenRows.size());
  }

  /** Asks for a token's log-probability. */
  void target(int tokenId) {
    targetRows.add(batchRows.size() - 1);
    targetIds.add(tokenId);
  }

  /** Asks for the whole logits. */
  void logits() {
    logitsRows.add(batchRows.size() - 1);
  }

  /** Asks for the last hidden state; of such a row for nothing else. */
  void hidden() {
    hiddenRows.add(batchRows.size() - 1);
  }

  /** Asks for the most likely tokens. */
  void top(int count) {
    topN = Math.max(topN, count);
  }

  int size() {
    return batchRows.size();
  }

  Sequence sequence(int row) {
    return sequences.get(row);
  }

  int position(int row) {
    return positions.get(row);
  }

  HeadRow row(int row, StepOutput output) {
    int hidden = firstHidden.get(row);
    int next = row + 1 < size() ? firstHidden.get(row + 1) : hiddenRows.size();
    return new HeadRow(
        output, row, firstTarget.get(row), firstLogits.get(row), hidden, next > hidden);
  }

  HeadRequest request() {
    return new HeadRequest(
        batchRows.toArray(),
        targetRows.toArray(),
        targetIds.toArray(),
        logitsRows.toArray(),
        topN,
        hiddenRows.toArray());
  }
}
