package io.promptmill.engine;

import java.util.concurrent.CompletableFuture;

/** The hidden state after a prompt: one sequence, one output. */
final class EmbedTask extends Task {
  private final int[] prompt;
  private final CompletableFuture<EmbedResult> future = new CompletableFuture<>();
  private float[] hidden;

  EmbedTask(int[] prompt) {
    super(prompt.length);
    this.prompt = prompt;
  }

  @Override
  Sequence first() {
    return new Sequence(this, 0, prompt.clone(), prompt.length - 1);
  }

  @Override
  void ask(Sequence sequence, int position, HeadRows head) {
    head.hidden();
  }

  @Override
  void take(Sequence sequence, int position, HeadRow row, TaskContext context) {
    hidden = row.hidden();
    context.end(sequence);
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
