package io.promptmill.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Completions of a prompt. The prompt runs once; each sample draws its first token from the
 * distribution after it and goes on in its own fork.
 */
final class GenerateTask extends Task {
  private final int[] prompt;
  private final List<Sample> samples;
  private final CompletableFuture<GenerateResult> future = new CompletableFuture<>();

  GenerateTask(int[] prompt, List<Sample> samples) {
    super(prompt.length);
    this.prompt = prompt;
    this.samples = samples;
  }

  @Override
  Sequence first() {
    return new Sequence(this, 0, prompt, prompt.length - 1);
  }

  @Override
  void ask(Sequence sequence, int position, HeadRows head) {
    Sample sample = samples.get(sequence.ordinal());
    if (sample.needsLogits()) {
      head.logits();
    }
    head.top(sample.params().logprobs());
  }

  @Override
  void take(Sequence sequence, int position, HeadRow row, TaskContext context) {
    if (position == prompt.length - 1) {
      for (int i = 1; i < samples.size(); i++) {
        int token = draw(i, row, context);
        if (!samples.get(i).finished()) {
          int[] tokens = Arrays.copyOf(prompt, prompt.length + 1);
          tokens[prompt.length] = token;
          context.fork(sequence, new Sequence(this, i, tokens, prompt.length));
        }
      }
    }
    int token = draw(sequence.ordinal(), row, context);
    if (samples.get(sequence.ordinal()).finished()) {
      context.end(sequence);
    } else {
      sequence.append(token);
    }
  }

  private int draw(int sample, HeadRow row, TaskContext context) {
    context.counters().tokenDrawn();
    return samples.get(sample).draw(row, context.sampler());
  }

  @Override
  boolean finished() {
    return samples.stream().allMatch(Sample::finished);
  }

  @Override
  CompletableFuture<GenerateResult> future() {
    return future;
  }

  @Override
  void deliver() {
    List<Completion> completions = samples.stream().map(Sample::completion).toList();
    future.complete(new GenerateResult(completions, promptTokens(), cachedTokens()));
  }
}
