package io.promptmill.benchmark;

import io.promptmill.engine.ContinuousBatchingEngine;
import io.promptmill.engine.Engine;
import io.promptmill.engine.EngineOptions;
import io.promptmill.model.CausalLm;
import io.promptmill.model.KvLayout;
import io.promptmill.model.ModelInfo;
import io.promptmill.model.StepInput;
import io.promptmill.model.StepOutput;

/**
 * Engines one after the other over one model, so that every measurement starts with an empty prefix
 * cache and none pays for loading.
 */
record EngineSource(CausalLm model, int maxStepTokens) {
  private static final int MAX_RUNNING = 256;

  /** A fresh engine; closing it leaves the model open. */
  Engine open() {
    return new ContinuousBatchingEngine(
        new Lent(model),
        new EngineOptions(
            maxStepTokens, MAX_RUNNING, model.info().maxPositions(), true, new int[0]));
  }

  private record Lent(CausalLm model) implements CausalLm {
    @Override
    public ModelInfo info() {
      return model.info();
    }

    @Override
    public KvLayout kvLayout() {
      return model.kvLayout();
    }

    @Override
    public int maxStepTokens() {
      return model.maxStepTokens();
    }

    @Override
    public StepOutput step(StepInput input) {
      return model.step(input);
    }

    @Override
    public void close() {
      // The next engine needs it.
    }
  }
}
