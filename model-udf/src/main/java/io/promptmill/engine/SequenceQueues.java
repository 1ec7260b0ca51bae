package io.promptmill.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All live sequences by age: those that wait, without blocks, and those that run. One thread.
 *
 * <p>Every way a sequence can get or lose its place is a method here, so that blocks and places
 * cannot disagree.
 */
final class SequenceQueues {
  private final PagedCache cache;
  private final TreeSet<Sequence> waiting = new TreeSet<>(Sequence.BY_AGE);
  private final List<Sequence> running = new ArrayList<>();

  SequenceQueues(PagedCache cache) {
    this.cache = cache;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && running.isEmpty();
  }

  Optional<Sequence> oldestWaiting(Predicate<Sequence> allowed) {
    return waiting.stream().filter(allowed).findFirst();
  }

  int waitingCount() {
    return waiting.size();
  }

  /** Oldest first. */
  List<Sequence> running() {
    return running;
  }

  void enqueue(Sequence sequence) {
    sequence.task().live().add(sequence);
    waiting.add(sequence);
  }

  /** Moves a waiting sequence, which has its first blocks, to the running ones. */
  void admit(Sequence sequence) {
    waiting.remove(sequence);
    run(sequence);
  }

  /** Starts a sequence whose beginning is what the parent has computed. */
  void fork(Sequence parent, Sequence child) {
    cache.fork(parent, child);
    child.task().live().add(child);
    run(child);
  }

  /** Takes the blocks of a running sequence; it waits in its place by age to be recomputed. */
  void preempt(Sequence sequence) {
    leaveRunning(sequence);
    sequence.state(Sequence.State.WAITING);
    waiting.add(sequence);
  }

  /** Ends a sequence, wherever it is. */
  void end(Sequence sequence) {
    if (sequence.state() == Sequence.State.RUNNING) {
      leaveRunning(sequence);
    } else {
      waiting.remove(sequence);
    }
    sequence.state(Sequence.State.DONE);
    sequence.task().live().remove(sequence);
  }

  private void run(Sequence sequence) {
    sequence.state(Sequence.State.RUNNING);
    int index = Collections.binarySearch(running, sequence, Sequence.BY_AGE);
    running.add(-index - 1, sequence);
  }

  private void leaveRunning(Sequence sequence) {
    running.remove(Collections.binarySearch(running, sequence, Sequence.BY_AGE));
    cache.release(sequence);
    sequence.scheduled(false);
  }
}
