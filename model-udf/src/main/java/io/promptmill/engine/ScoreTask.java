package io.promptmill.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Log-likelihoods of candidates. The context runs once; the distribution after it scores every
 * candidate's first token. A candidate of more tokens runs all of them but the last in a fork of
 * the context, or in the context's own sequence if it is the only such one.
 */
final class ScoreTask extends Task {
  private final int[] context;
  private final int[][] candidates;
  private final boolean wantsTokens;
  private final CompletableFuture<ScoreResult> future = new CompletableFuture<>();
  private final double[] sums;
  private final boolean[] greedy;
  private final float[][] tokenLogprobs;
  private final int longCandidates;
  private int open;

  ScoreTask(int[] context, int[][] candidates, boolean wantsTokens) {
    super(context.length);
    this.context = context;
    this.candidates = candidates;
    this.wantsTokens = wantsTokens;
    sums = new double[candidates.length];
    greedy = new boolean[candidates.length];
    Arrays.fill(greedy, true);
    tokenLogprobs = new float[candidates.length][0];
    if (wantsTokens) {
      Arrays.setAll(tokenLogprobs, i -> new float[candidates[i].length]);
    }
    longCandidates = (int) Arrays.stream(candidates).filter(c -> c.length > 1).count();
    open = candidates.length;
  }

  @Override
  Sequence first() {
    for (int i = 0; i < candidates.length; i++) {
      if (longCandidates == 1 && candidates[i].length > 1) {
        return new Sequence(this, 1 + i, fed(i), context.length - 1);
      }
    }
    return new Sequence(this, 0, context.clone(), context.length - 1);
  }

  @Override
  void ask(Sequence sequence, int position, HeadRows head) {
    int offset = position + 1 - context.length;
    if (offset > 0) {
      head.target(candidates[candidateOf(sequence)][offset]);
      return;
    }
    for (int[] candidate : candidates) {
      head.target(candidate[0]);
    }
  }

  @Override
  void take(Sequence sequence, int position, HeadRow row, TaskContext taskContext) {
    int offset = position + 1 - context.length;
    if (offset > 0) {
      record(candidateOf(sequence), offset, row.target(0), row.argmax());
    } else {
      for (int i = 0; i < candidates.length; i++) {
        record(i, 0, row.target(i), row.argmax());
      }
      if (longCandidates > 1) {
        forkCandidates(sequence, taskContext);
      }
    }
    if (position == sequence.length() - 1) {
      taskContext.end(sequence);
    }
  }

  /** The bare context is sequence 0, a candidate's is its index plus one. */
  private static int candidateOf(Sequence sequence) {
    return sequence.ordinal() - 1;
  }

  private void forkCandidates(Sequence parent, TaskContext taskContext) {
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i].length > 1) {
        taskContext.fork(parent, new Sequence(this, 1 + i, fed(i), context.length));
      }
    }
  }

  private void record(int candidate, int offset, float logprob, int argmax) {
    int[] tokens = candidates[candidate];
    sums[candidate] += logprob;
    greedy[candidate] &= argmax == tokens[offset];
    if (wantsTokens) {
      tokenLogprobs[candidate][offset] = logprob;
    }
    if (offset == tokens.length - 1) {
      open--;
    }
  }

  private int[] fed(int candidate) {
    int[] tokens = candidates[candidate];
    int[] fed = Arrays.copyOf(context, context.length + tokens.length - 1);
    System.arraycopy(tokens, 0, fed, context.length, tokens.length - 1);
    return fed;
  }

  @Override
  boolean finished() {
    return open == 0;
  }

  @Override
  CompletableFuture<ScoreResult> future() {
    return future;
  }

  @Override
  void deliver() {
    List<ContinuationScore> scores = new ArrayList<>();
    for (int i = 0; i < candidates.length; i++) {
      scores.add(new ContinuationScore(sums[i], greedy[i], tokenLogprobs[i]));
    }
    future.complete(new ScoreResult(scores, promptTokens(), cachedTokens()));
  }
}
