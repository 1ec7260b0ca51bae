package io.promptmill.model.layer;

import io.promptmill.model.HeadRequest;
import io.promptmill.model.StepOutput;
import io.promptmill.model.runtime.FetchedValues;
import io.promptmill.model.runtime.GraphSession;
import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.StepTensors;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The language-model head: final norm, projection to the vocabulary, and what is asked of its
 * logits. It runs on the asked rows alone, a few at a time, so that {@code [rows, vocab]} stays
 * small.
 */
public final class LmHead {
  private static final int CHUNK_ROWS = 128;

  private final Placeholder<TFloat32> hidden;
  private final Placeholder<TInt32> targetRows;
  private final Placeholder<TInt32> targetIds;
  private final Placeholder<TInt32> logitsRows;
  private final Placeholder<TInt32> topN;
  private final Placeholder<TInt32> hiddenRows;
  private final Operand<TInt32> argmax;
  private final Operand<TFloat32> max;
  private final Operand<TFloat32> maxProbability;
  private final Operand<TFloat32> targets;
  private final Operand<TFloat32> logits;
  private final Operand<TInt32> topIds;
  private final Operand<TFloat32> topLogits;
  private final Operand<TFloat32> states;
  private final int width;
  private final int vocab;

  /**
   * @param projection name of the head's tensor without {@code .weight}, the embedding's where they
   *     are tied
   */
  public LmHead(LayerContext c, RmsNorm norm, String projection, int vocab, int width) {
    this.width = width;
    this.vocab = vocab;
    Ops tf = c.tf();
    hidden = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    targetRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    targetIds = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    logitsRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    topN = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    hiddenRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    Operand<TFloat32> normed = norm.apply(hidden);
    states = tf.gather(normed, hiddenRows, tf.constant(0));
    Operand<TFloat32> all =
        c.widen(Linear.of(c, projection, vocab, width, false).apply(c.round(normed)));
    TopK<TFloat32, TInt32> best = tf.nn.topK(all, tf.constant(1), TInt32.class);
    argmax = best.indices();
    max = best.values();
    // One fused pass; the most likely token's probability is exp(0) over the sum.
    maxProbability = tf.reduceMax(tf.nn.softmax(all), tf.constant(1));
    Operand<TInt32> at = tf.stack(List.of(targetRows, targetIds), Stack.axis(1L));
    targets = tf.gatherNd(all, at);
    logits = tf.gather(all, logitsRows, tf.constant(0));
    TopK<TFloat32, TInt32> top = tf.nn.topK(all, topN, TInt32.class);
    topIds = top.indices();
    topLogits = top.values();
  }

  /** Width of the hidden states that it takes. */
  public int width() {
    return width;
  }

  /**
   * Answers a step's head request.
   *
   * @param rows {@code [R * hidden]} hidden states of {@link HeadRequest#rows()}, float32
   */
  public StepOutput run(GraphSession session, HeadRequest request, float[] rows) {
    int count = request.rows().length;
    HeadAnswer answer = new HeadAnswer(request, count);
    for (int from = 0; from < count; from += CHUNK_ROWS) {
      int to = Math.min(count, from + CHUNK_ROWS);
      try (StepTensors tensors = new StepTensors()) {
        run(session, tensors, answer, rows, from, to);
      }
    }
    return answer.output();
  }

  private void run(
      GraphSession session,
      StepTensors tensors,
      HeadAnswer answer,
      float[] rows,
      int from,
      int to) {
    // One row alone would be reduced by another kernel than many.
    int padded = Math.max(2, to - from);
    float[] chunk =
        Arrays.copyOf(Arrays.copyOfRange(rows, from * width, to * width), padded * width);
    Session.Runner runner = session.runner().feed(hidden, tensors.floats(chunk, padded, width));
    boolean distributions = !answer.statesAlone(from, to);
    if (distributions) {
      runner.fetch(argmax).fetch(max).fetch(maxProbability);
    }
    int[] targetsHere = answer.targetsIn(from, to);
    int[] logitsHere = answer.logitsIn(from, to);
    if (targetsHere.length > 0) {
      int[] in = new int[targetsHere.length];
      int[] ids = new int[targetsHere.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = answer.request().targetRows()[targetsHere[i]] - from;
        ids[i] = answer.request().targetIds()[targetsHere[i]];
      }
      runner.feed(targetRows, tensors.ints(in, in.length));
      runner.feed(targetIds, tensors.ints(ids, ids.length));
      runner.fetch(targets);
    }
    if (logitsHere.length > 0) {
      int[] in =
          Arrays.stream(logitsHere).map(i -> answer.request().logitsRows()[i] - from).toArray();
      runner.feed(logitsRows, tensors.ints(in, in.length)).fetch(logits);
    }
    int[] hiddenHere = answer.hiddenIn(from, to);
    if (hiddenHere.length > 0) {
      int[] in =
          Arrays.stream(hiddenHere).map(i -> answer.request().hiddenRows()[i] - from).toArray();
      runner.feed(hiddenRows, tensors.ints(in, in.length)).fetch(states);
    }
    int n = distributions ? Math.min(answer.request().topN(), vocab) : 0;
    if (n > 0) {
      runner.feed(topN, tensors.scalar(n)).fetch(topIds).fetch(topLogits);
    }
    try (Result result = runner.run()) {
      int next = 0;
      if (distributions) {
        answer.best(
            from,
            to,
            FetchedValues.ints(result.get(next++)),
            FetchedValues.floats(result.get(next++)),
            FetchedValues.floats(result.get(next++)));
      }
      if (targetsHere.length > 0) {
        answer.targets(targetsHere, FetchedValues.floats(result.get(next++)));
      }
      if (logitsHere.length > 0) {
        answer.logits(logitsHere, (TFloat32) result.get(next++), vocab);
      }
      if (hiddenHere.length > 0) {
        answer.hidden(hiddenHere, FetchedValues.floats(result.get(next++)), width);
      }
      if (n > 0) {
        answer.top(
            from,
            to,
            n,
            FetchedValues.ints(result.get(next++)),
            FetchedValues.floats(result.get(next)));
      }
    }
  }
}
