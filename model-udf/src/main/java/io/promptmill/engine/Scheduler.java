package io.promptmill.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the tokens of the next step: first one token of every decoding sequence, then chunks of
 * those in the middle of their prompt, then new ones in order of arrival while room is left. A
 * sequence that needs a block may take those of younger ones, which are recomputed later; nobody
 * starts while anybody runs short. So the oldest sequence always advances, and every request ends.
 * One thread.
 */
final class Scheduler {
  private final SequenceQueues queues;
  private final PagedCache cache;
  private final FailureIsolation isolation;
  private final EngineCounters counters;
  private final int maxStepTokens;
  private final int maxRunning;
  private final List<Sequence> decoding = new ArrayList<>();
  private final List<Sequence> prefilling = new ArrayList<>();

  Scheduler(
      SequenceQueues queues,
      PagedCache cache,
      FailureIsolation isolation,
      EngineCounters counters,
      int maxStepTokens,
      int maxRunning) {
    this.queues = queues;
    this.cache = cache;
    this.isolation = isolation;
    this.counters = counters;
    this.maxStepTokens = maxStepTokens;
    this.maxRunning = maxRunning;
  }

  /**
   * Plans a step and gives its sequences their blocks.
   *
   * @throws IllegalStateException if sequences live but none can advance
   */
  StepPlan plan() {
    isolation.dropCleared();
    StepPlan plan = new StepPlan(maxStepTokens, maxRunning);
    decoding.clear();
    prefilling.clear();
    for (Sequence sequence : queues.running()) {
      sequence.scheduled(false);
      if (isolation.allows(sequence)) {
        (sequence.remaining() == 1 ? decoding : prefilling).add(sequence);
      }
    }
    boolean decodingFits = advance(decoding, plan);
    boolean prefillingFits = advance(prefilling, plan);
    if (decodingFits && prefillingFits) {
      admit(plan);
    }
    cache.releaseCopied(plan);
    if (plan.chunks().isEmpty() && !queues.isEmpty()) {
      throw new IllegalStateException(
          "no sequence can advance: %d waiting, %d running, %d blocks available"
              .formatted(queues.waitingCount(), queues.running().size(), cache.pool().available()));
    }
    return plan;
  }

  private boolean advance(List<Sequence> sequences, StepPlan plan) {
    boolean enoughBlocks = true;
    for (Sequence sequence : sequences) {
      // An older one may have taken its blocks in the meantime.
      if (sequence.state() == Sequence.State.RUNNING && plan.room() > 0) {
        enoughBlocks &= schedule(sequence, plan);
      }
    }
    return enoughBlocks;
  }

  private void admit(StepPlan plan) {
    while (plan.room() > 0 && (queues.running().size() < maxRunning || isolation.active())) {
      Optional<Sequence> next = queues.oldestWaiting(isolation::allows);
      if (next.isEmpty() || !start(next.get(), plan)) {
        return;
      }
      queues.admit(next.get());
    }
  }

  private boolean start(Sequence sequence, StepPlan plan) {
    cache.attach(sequence);
    int cached = sequence.computed();
    // All it knows must fit, and a next block for everybody, lest it be preempted at once.
    int others = queues.running().size();
    boolean fits =
        others == 0
            || isolation.active()
            || cache.missingBlocks(sequence, sequence.remaining()) + others
                <= cache.pool().available();
    if (!fits || !schedule(sequence, plan)) {
      cache.release(sequence);
      return false;
    }
    sequence.task().started(sequence, cached, counters);
    return true;
  }

  /** Adds the next tokens of a sequence; false if there was no block for any of them. */
  private boolean schedule(Sequence sequence, StepPlan plan) {
    int wanted = Math.min(sequence.remaining(), plan.room());
    while (cache.missingBlocks(sequence, wanted) > cache.pool().available()) {
      Optional<Sequence> victim = victimOf(sequence);
      if (victim.isEmpty()) {
        break;
      }
      queues.preempt(victim.get());
      counters.preempted();
    }
    int count = Math.min(wanted, cache.extensible(sequence));
    if (count <= 0) {
      return false;
    }
    cache.extend(sequence, count, plan);
    plan.add(new StepPlan.Chunk(sequence, sequence.computed(), count));
    sequence.advance(count);
    sequence.scheduled(true);
    return true;
  }

  /** The youngest sequence that holds blocks, is not in the step yet and has to give way. */
  private Optional<Sequence> victimOf(Sequence sequence) {
    List<Sequence> running = queues.running();
    for (int i = running.size() - 1; i >= 0; i--) {
      Sequence victim = running.get(i);
      boolean younger = Sequence.BY_AGE.compare(victim, sequence) > 0;
      if (!younger && !isolation.active()) {
        return Optional.empty();
      }
      if (victim != sequence && !victim.scheduled() && (younger || !isolation.allows(victim))) {
        return Optional.of(victim);
      }
    }
    return Optional.empty();
  }
}
