package io.promptmill.engine;

import java.util.concurrent.CompletableFuture;

/** Hidden states of a prompt, pooled: one sequence, an output of the last or of every position. */
final class EmbedTask extends Task {
  private final int[] prompt;
  private final Pooling pooling;
  private final CompletableFuture<EmbedResult> future = new CompletableFuture<>();
  private double[] sum;
  private float[] hidden;

  EmbedTask(int[] prompt, Pooling pooling) {
    super(prompt.length);
    this.prompt = prompt;
    this.pooling = pooling;
  }

  @Override
  Sequence first() {
    return new Sequence(this, 0, prompt.clone(), pooling == Pooling.MEAN ? 0 : prompt.length - 1);
  }

  /** A mean reads every state and so nothing of the cache; it leaves the room to others. */
  @Override
  boolean sharesPrefix() {
    return pooling != Pooling.MEAN;
  }

  @Override
  void ask(Sequence sequence, int position, HeadRows head) {
    head.hidden();
  }

  @Override
  void take(Sequence sequence, int position, HeadRow row, TaskContext context) {
    add(row.hidden());
    if (position == prompt.length - 1) {
      hidden = pooled();
      context.end(sequence);
    }
  }

  private void add(float[] state) {
    if (sum == null) {
      sum = new double[state.length];
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += state[i];
    }
  }

  private float[] pooled() {
    int count = pooling == Pooling.MEAN ? prompt.length : 1;
    float[] pooled = new float[sum.length];
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = (float) (sum[i] / count);
    }
    return pooled;
  }

  @Override
  boolean finished() {
    return hidden != null;
  }

  @Override
  CompletableFuture<EmbedResult> future() {
    return future;
  }

  @Override
  void deliver() {
    future.complete(new EmbedResult(hidden, promptTokens(), cachedTokens()));
  }
}
