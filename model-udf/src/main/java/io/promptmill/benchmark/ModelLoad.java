package io.promptmill.benchmark;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import io.promptmill.model.family.ModelFamilies;
import io.promptmill.model.runtime.DevicePlacement;
import io.promptmill.model.runtime.Precision;

/** A loaded model and what loading took. */
record ModelLoad(CausalLm model, LoadReport report) implements AutoCloseable {

  static ModelLoad run(
      CheckpointDirectory checkpoint, BenchmarkOptions options, BenchmarkSizes sizes) {
    Precision precision = Precision.of(options.dtype(), DevicePlacement.of(options.devices()));
    long cacheBytes = sizes.cacheBytes(precision.bytes());
    ModelOptions modelOptions =
        new ModelOptions(
            options.dtype(),
            options.devices(),
            cacheBytes,
            options.maxStepTokens(),
            options.threads());
    try (ResidentMemory memory = ResidentMemory.watch()) {
      long start = System.nanoTime();
      CausalLm model = ModelFamilies.open(checkpoint, modelOptions);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new ModelLoad(model, LoadReport.of(seconds, model.info(), cacheBytes, memory));
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
