package io.promptmill.engine;

import static java.util.stream.Collectors.joining;

import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Drives an engine's loop on the test's own thread, so that every run is the same. */
final class LoopHarness {

  private static final int MAX_STEPS = 5_000;

  private final RequestIntake intake;
  private final EngineLoop loop;
  private final List<Task> tasks = new ArrayList<>();

  LoopHarness(FakeLm model, EngineOptions options) {
    int capacity = model.kvLayout().blockCount() * model.kvLayout().blockSize();
    intake =
        new RequestIntake(
            model.info().vocabSize(),
            Math.min(capacity, options.maxSequenceTokens()),
            options.eosTokenIds());
    loop = new EngineLoop(model, options);
  }

  Task submit(Request request) {
    Task task = task(request);
    tasks.add(task);
    loop.submit(task);
    return task;
  }

  private Task task(Request request) {
    if (request instanceof Request.Generate generate) {
      return intake.task(generate);
    }
    return request instanceof Request.Score score
        ? intake.task(score)
        : intake.task((Request.Embed) request);
  }

  void cancel(Task task) {
    task.future().cancel(false);
    loop.cancel(task);
  }

  boolean idle() {
    return loop.idle();
  }

  void step() {
    loop.step();
    loop.complete();
  }

  void finish() {
    for (int steps = 0; !idle(); steps++) {
      if (steps == MAX_STEPS) {
        throw new AssertionError("no end after " + MAX_STEPS + " steps: " + metrics());
      }
      step();
    }
  }

  EngineMetrics metrics() {
    return loop.metrics();
  }

  PagedCache cache() {
    return loop.cache();
  }

  List<String> outcomes() {
    return tasks.stream().map(LoopHarness::outcome).toList();
  }

  /**
   * What a request ended with, every number in full, or its error's code; how much of the prompt
   * was cached is left out.
   */
  static String outcome(Task task) {
    try {
      Object result = task.future().join();
      if (result instanceof EmbedResult embedded) {
        return Arrays.toString(embedded.hidden());
      }
      return result instanceof GenerateResult generated
          ? generated.completions().stream().map(LoopHarness::text).collect(joining("; "))
          : ((ScoreResult) result)
              .continuations().stream().map(LoopHarness::text).collect(joining("; "));
    } catch (CompletionException e) {
      return ((PromptmillException) e.getCause()).code().name();
    }
  }

  static String text(Completion completion) {
    return Arrays.toString(completion.tokenIds())
        + " "
        + completion.finishReason()
        + completion.logprobs().stream().map(LoopHarness::text).collect(joining(", "));
  }

  static String text(ContinuationScore score) {
    return "%s %s %s"
        .formatted(score.loglikelihood(), score.isGreedy(), Arrays.toString(score.tokenLogprobs()));
  }

  private static String text(TokenLogprob logprob) {
    return "%d %s %s %s"
        .formatted(
            logprob.tokenId(),
            logprob.logprob(),
            Arrays.toString(logprob.topIds()),
            Arrays.toString(logprob.topLogprobs()));
  }
}
