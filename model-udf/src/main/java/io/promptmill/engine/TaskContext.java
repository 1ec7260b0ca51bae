package io.promptmill.engine;

/** What a task may do with its sequences while it takes an output. */
record TaskContext(SequenceQueues queues, Sampler sampler, EngineCounters counters) {

  void fork(Sequence parent, Sequence child) {
    queues.fork(parent, child);
  }

  void end(Sequence sequence) {
    queues.end(sequence);
  }
}
