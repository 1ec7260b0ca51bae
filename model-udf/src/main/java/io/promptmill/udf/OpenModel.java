package io.promptmill.udf;

import io.promptmill.engine.Engine;
import io.promptmill.engine.constraint.Constraints;
import io.promptmill.model.ModelInfo;
import io.promptmill.text.Tokenizer;
import java.util.Optional;

/**
 * A checkpoint at work: its engine and what turns text into the engine's tokens and back.
 *
 * @param chat empty if the checkpoint has no chat template
 * @param constraints over the tokenizer's vocabulary, shared by all functions
 */
record OpenModel(
    Engine engine, Tokenizer tokenizer, Optional<ChatEncoder> chat, Constraints constraints)
    implements AutoCloseable {

  OpenModel(Engine engine, Tokenizer tokenizer, Optional<ChatEncoder> chat) {
    this(engine, tokenizer, chat, new Constraints(new TextBytes(tokenizer)));
  }

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
