package io.promptmill.udf;

import io.promptmill.engine.Engine;
import io.promptmill.model.ModelInfo;
import io.promptmill.text.Tokenizer;
import java.util.Optional;

/**
 * A checkpoint at work: its engine and what turns text into the engine's tokens and back.
 *
 * @param chat empty if the checkpoint has no chat template
 */
record OpenModel(Engine engine, Tokenizer tokenizer, Optional<ChatEncoder> chat)
    implements AutoCloseable {

  ModelInfo info() {
    return engine.model();
  }

  /** Tokens of one request, prompt and completion together. */
  int maxSequenceTokens() {
    return Math.min(engine.maxSequenceTokens(), info().maxPositions());
  }

  @Override
  public void close() {
    engine.close();
  }
}
