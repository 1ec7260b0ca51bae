package io.promptmill.model.layer;

import io.promptmill.model.HeadRequest;
import io.promptmill.model.StepOutput;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A step's output while the head works through its rows. */
final class HeadAnswer {
  private final HeadRequest request;
  private final int[] argmax;
  private final float[] argmaxLogprobs;
  private final float[] max;
  private final double[] logSum;
  private final float[] targetLogprobs;
  private final float[][] logits;
  private final int[][] topIds;
  private final float[][] topLogprobs;
  private final float[][] hidden;

  /** Rows whose next-token distribution is wanted. */
  private final BitSet distributions = new BitSet();

  HeadAnswer(HeadRequest request, int rows) {
    this.request = request;
    argmax = new int[rows];
    argmaxLogprobs = new float[rows];
    max = new float[rows];
    logSum = new double[rows];
    targetLogprobs = new float[request.targetIds().length];
    logits = new float[request.logitsRows().length][];
    topIds = new int[rows][0];
    topLogprobs = new float[rows][0];
    hidden = new float[request.hiddenRows().length][];
    distributions.set(0, rows);
    Arrays.stream(request.hiddenRows()).forEach(distributions::clear);
    Arrays.stream(request.targetRows()).forEach(distributions::set);
    Arrays.stream(request.logitsRows()).forEach(distributions::set);
  }

  HeadRequest request() {
    return request;
  }

  /** Indices of the targets that are looked up in rows {@code [from, to)}. */
  int[] targetsIn(int from, int to) {
    return indices(request.targetRows(), from, to);
  }

  /** Indices of the whole logits that are wanted of rows {@code [from, to)}. */
  int[] logitsIn(int from, int to) {
    return indices(request.logitsRows(), from, to);
  }

  /** Indices of the hidden states that are wanted of rows {@code [from, to)}. */
  int[] hiddenIn(int from, int to) {
    return indices(request.hiddenRows(), from, to);
  }

  /** Whether rows {@code [from, to)} are asked for nothing but their hidden states. */
  boolean statesAlone(int from, int to) {
    int first = distributions.nextSetBit(from);
    return first < 0 || first >= to;
  }

  private static int[] indices(int[] rows, int from, int to) {
    return IntStream.range(0, rows.length).filter(i -> rows[i] >= from && rows[i] < to).toArray();
  }

  /**
   * @param ids most likely token of each row
   * @param logit its logit
   * @param probability of that token, one over the sum of {@code exp(logit - max)}; inverted here,
   *     because a vector's rest would be inverted by another formula
   */
  void best(int from, int to, int[] ids, float[] logit, float[] probability) {
    for (int row = from; row < to; row++) {
      argmax[row] = ids[row - from];
      max[row] = logit[row - from];
      logSum[row] = -Math.log(probability[row - from]);
      argmaxLogprobs[row] = logprob(row, max[row]);
    }
  }

  void targets(int[] indices, float[] found) {
    for (int i = 0; i < indices.length; i++) {
      targetLogprobs[indices[i]] = logprob(request.targetRows()[indices[i]], found[i]);
    }
  }

  /**
   * @param found {@code [indices, vocab]}
   */
  void logits(int[] indices, TFloat32 found, int vocab) {
    for (int i = 0; i < indices.length; i++) {
      float[] row = new float[vocab];
      found.get(i).copyTo(DataBuffers.of(row));
      logits[indices[i]] = row;
    }
  }

  /**
   * @param found {@code [indices * width]}
   */
  void hidden(int[] indices, float[] found, int width) {
    for (int i = 0; i < indices.length; i++) {
      hidden[indices[i]] = Arrays.copyOfRange(found, i * width, (i + 1) * width);
    }
  }

  void top(int from, int to, int n, int[] ids, float[] found) {
    for (int row = from; row < to; row++) {
      int at = (row - from) * n;
      topIds[row] = Arrays.copyOfRange(ids, at, at + n);
      topLogprobs[row] = new float[n];
      for (int i = 0; i < n; i++) {
        topLogprobs[row][i] = logprob(row, found[at + i]);
      }
    }
  }

  private float logprob(int row, float logit) {
    return (float) ((double) logit - max[row] - logSum[row]);
  }

  StepOutput output() {
    return new StepOutput(
        argmax, argmaxLogprobs, targetLogprobs, logits, topIds, topLogprobs, hidden);
  }
}
