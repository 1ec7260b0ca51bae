package io.promptmill.engine;

import io.promptmill.model.ModelInfo;
import java.util.concurrent.CompletableFuture;

/**
 * Continuous batching over one model. Thread-safe: all tasks of an executor submit to the same
 * engine.
 */
public interface Engine extends AutoCloseable {

  ModelInfo model();

  /** Tokens that one request may hold in the cache, prompt and completion together. */
  int maxSequenceTokens();

  /**
   * Queues a request. The future fails with a {@link io.promptmill.error.PromptmillException}:
   * {@code PROMPT_TOO_LONG}, {@code PROMPT_INVALID}, {@code ENGINE_FAILED} or {@code
   * ENGINE_CLOSED}. Cancelling it frees what the request holds.
   */
  CompletableFuture<GenerateResult> submit(Request.Generate request);

  /** As {@link #submit(Request.Generate)}, for log-likelihoods. */
  CompletableFuture<ScoreResult> submit(Request.Score request);

  /** As {@link #submit(Request.Generate)}, for hidden states. */
  CompletableFuture<EmbedResult> submit(Request.Embed request);

  EngineMetrics metrics();

  /** False once it takes no more requests: it was closed, or its thread failed. */
  boolean isOpen();

  /** Fails all open requests with {@code ENGINE_CLOSED} and closes the model. */
  @Override
  void close();
}
