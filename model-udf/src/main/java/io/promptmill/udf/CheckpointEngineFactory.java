package io.promptmill.udf;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.engine.ContinuousBatchingEngine;
import io.promptmill.engine.EngineOptions;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.CausalLm;
import io.promptmill.text.Tokenizer;
import org.apache.hadoop.conf.Configuration;

/** Puts a published checkpoint to work: tokenizer and chat template, model, engine. */
final class CheckpointEngineFactory implements EngineFactory {

  /** Brings the weights into memory. */
  @FunctionalInterface
  interface ModelLoader {
    CausalLm load(CheckpointDirectory checkpoint, ModelSpec spec);
  }

  private final ModelLoader models;

  CheckpointEngineFactory(ModelLoader models) {
    this.models = models;
  }

  @Override
  public OpenModel open(ModelSpec spec, Configuration conf) {
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(spec.uri(), conf)) {
      // Small files first: what is wrong with them shows before the weights are read.
      CheckpointText text = CheckpointText.read(checkpoint);
      Tokenizer tokenizer = text.tokenizer();
      int[] eos = EosTokens.of(checkpoint.generationConfig(), checkpoint.config(), tokenizer);
      CausalLm model = models.load(checkpoint, spec);
      try {
        return new OpenModel(engine(model, spec, eos, tokenizer), tokenizer, text.chat());
      } catch (RuntimeException | Error e) {
        model.close();
        throw e;
      }
    }
  }

  private static ContinuousBatchingEngine engine(
      CausalLm model, ModelSpec spec, int[] eos, Tokenizer tokenizer) {
    if (tokenizer.vocabSize() > model.info().vocabSize()) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID,
          spec.uri()
              + ": expected a tokenizer of at most the model's "
              + model.info().vocabSize()
              + " ids, found "
              + tokenizer.vocabSize());
    }
    int maxSequenceTokens =
        spec.maxSequenceTokens() == 0 ? model.info().maxPositions() : spec.maxSequenceTokens();
    return new ContinuousBatchingEngine(
        model,
        new EngineOptions(
            spec.maxStepTokens(), spec.maxRunning(), maxSequenceTokens, spec.prefixCache(), eos));
  }
}
