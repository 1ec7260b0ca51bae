package io.promptmill.engine;

import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request in progress: which sequences it needs, what it wants of their outputs, what it makes of
 * them. One thread once it is submitted.
 */
abstract sealed class Task permits EmbedTask, GenerateTask, ScoreTask {
  private final List<Sequence> live = new ArrayList<>();
  private final int promptTokens;
  private long arrival;
  private boolean started;
  private int cachedTokens;
  private boolean done;

  Task(int promptTokens) {
    this.promptTokens = promptTokens;
  }

  /** The sequence that computes the prompt. */
  abstract Sequence first();

  /** Whether what it computes goes into the prefix cache, for itself and for others. */
  boolean sharesPrefix() {
    return true;
  }

  /** Names what is wanted of the distribution that follows a position. */
  abstract void ask(Sequence sequence, int position, HeadRows head);

  /** Takes what was asked for; may add tokens, fork the sequence or end it. */
  abstract void take(Sequence sequence, int position, HeadRow row, TaskContext context);

  abstract CompletableFuture<?> future();

  /** Completes the future with the result; the task must be {@link #finished}. */
  abstract void deliver();

  /** Whether the result is there. */
  abstract boolean finished();

  void fail(PromptmillException failure) {
    future().completeExceptionally(failure);
  }

  /** Place in the order of submission. */
  long arrival() {
    return arrival;
  }

  void arrival(long number) {
    arrival = number;
  }

  /** Sequences that wait or run, the oldest first. */
  List<Sequence> live() {
    return live;
  }

  int promptTokens() {
    return promptTokens;
  }

  int cachedTokens() {
    return cachedTokens;
  }

  /** Whether the future is complete or about to be. */
  boolean done() {
    return done;
  }

  void markDone() {
    done = true;
  }

  /** Notes how much of the prompt was found in the cache when its first sequence first started. */
  void started(Sequence sequence, int tokensFound, EngineCounters counters) {
    if (!started) {
      started = true;
      cachedTokens = Math.min(tokensFound, promptTokens);
      counters.requestStarted(promptTokens, cachedTokens);
    }
  }
}
