package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.model.StepOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Plans steps, runs them and hands out what comes back. One thread, which owns the model. */
final class EngineLoop {
  private final CausalLm model;
  private final PagedCache cache;
  private final SequenceQueues queues;
  private final EngineCounters counters = new EngineCounters();
  private final FailureIsolation isolation = new FailureIsolation();
  private final Scheduler scheduler;
  private final BatchAssembler assembler;
  private final TaskContext context;
  private final Set<Task> open = new LinkedHashSet<>();
  private final Deque<Runnable> completions = new ArrayDeque<>();
  private long arrivals;

  EngineLoop(CausalLm model, EngineOptions options) {
    this.model = model;
    cache = new PagedCache(model.kvLayout(), options.prefixCache());
    queues = new SequenceQueues(cache);
    scheduler =
        new Scheduler(
            queues,
            cache,
            isolation,
            counters,
            Math.min(options.maxStepTokens(), model.maxStepTokens()),
            options.maxRunning());
    assembler = new BatchAssembler(model.kvLayout());
    context = new TaskContext(queues, new Sampler(model.info().vocabSize()), counters);
  }

  boolean idle() {
    return open.isEmpty();
  }

  PagedCache cache() {
    return cache;
  }

  EngineMetrics metrics() {
    return counters.snapshot(queues, cache.pool());
  }

  /** Completes the futures of the requests that ended since the last call. */
  void complete() {
    for (Runnable next = completions.poll(); next != null; next = completions.poll()) {
      next.run();
    }
  }

  void submit(Task task) {
    if (!task.done()) {
      task.arrival(arrivals++);
      open.add(task);
      queues.enqueue(task.first());
    }
  }

  /** Frees what a request holds; its future is already complete. */
  void cancel(Task task) {
    if (open.contains(task)) {
      close(task, false);
    }
    task.markDone();
  }

  void failAll(PromptmillException failure) {
    List<Task> tasks = List.copyOf(open);
    // Answers first: after an error in the middle of a step the books need not balance.
    tasks.forEach(task -> completions.add(() -> task.fail(failure)));
    tasks.forEach(task -> close(task, true));
  }

  /** Runs one step. There must be an open request. */
  void step() {
    StepPlan plan = scheduler.plan();
    BatchAssembler.Batch batch = assembler.assemble(plan);
    StepOutput output;
    long start = System.nanoTime();
    try {
      output = model.step(batch.input());
    } catch (RuntimeException e) {
      stepFailed(plan, e);
      return;
    }
    counters.stepDone(plan.tokens(), System.nanoTime() - start);
    plan.chunks().forEach(chunk -> chunk.sequence().stepSucceeded());
    for (int row = 0; row < batch.head().size(); row++) {
      take(batch.head().sequence(row), batch.head().position(row), batch.head().row(row, output));
    }
  }

  private void take(Sequence sequence, int position, HeadRow row) {
    Task task = sequence.task();
    if (task.done()) {
      return;
    }
    try {
      row.requireNumbers(position);
      task.take(sequence, position, row, context);
    } catch (PromptmillException e) {
      fail(task, e);
      return;
    } catch (RuntimeException e) {
      fail(
          task,
          new PromptmillException(
              ErrorCode.ENGINE_FAILED, "the request's output could not be used: " + e, e));
      return;
    }
    sequence.outputTaken(position);
    if (task.finished()) {
      close(task, false);
      completions.add(task::deliver);
    }
  }

  /**
   * The latents that the step was to write are lost, and with them all that was to be read from
   * them: its sequences are computed again, without the guilty request once it is known.
   */
  private void stepFailed(StepPlan plan, RuntimeException cause) {
    cache.unpublish(plan);
    for (StepPlan.Chunk chunk : plan.chunks()) {
      queues.preempt(chunk.sequence());
    }
    isolation
        .stepFailed(plan)
        .ifPresent(
            task ->
                fail(
                    task,
                    new PromptmillException(
                        ErrorCode.ENGINE_FAILED,
                        "the model failed on a step of this request alone: " + cause.getMessage(),
                        cause)));
  }

  private void fail(Task task, PromptmillException failure) {
    close(task, true);
    completions.add(() -> task.fail(failure));
  }

  private void close(Task task, boolean failed) {
    for (Sequence sequence : List.copyOf(task.live())) {
      queues.end(sequence);
    }
    open.remove(task);
    task.markDone();
    counters.requestDone(failed);
  }
}
