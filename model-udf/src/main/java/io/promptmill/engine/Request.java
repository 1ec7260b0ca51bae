package io.promptmill.engine;

import io.promptmill.engine.constraint.TokenConstraint;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Work for the engine, in token ids. */
public sealed interface Request {

  /**
   * @param prompt token ids, BOS included where the model wants one; at least one
   * @param params how to draw
   * @param rowKey identity of the row in the sampling stream, a digest of its content, never of its
   *     place
   * @param stop a fresh text-stop condition for each sample
   * @param constraint what every sample's text must fit, if anything
   */
  record Generate(
      int[] prompt,
      SamplingParams params,
      long rowKey,
      Supplier<StopCondition> stop,
      Optional<TokenConstraint> constraint)
      implements Request {

    /** Without a constraint. */
    public Generate(
        int[] prompt, SamplingParams params, long rowKey, Supplier<StopCondition> stop) {
      this(prompt, params, rowKey, stop, Optional.empty());
    }
  }

  /**
   * The hidden states of a text in one.
   *
   * @param prompt token ids, BOS included where the model wants one; at least one
   */
  record Embed(int[] prompt, Pooling pooling) implements Request {}

  /**
   * Log-likelihood of each continuation after the context. All continuations share the context's
   * computation.
   *
   * @param context token ids; at least one
   * @param continuations token ids of each candidate; at least one token each
   * @param tokenLogprobs whether per-token log-probabilities are wanted
   */
  record Score(int[] context, List<int[]> continuations, boolean tokenLogprobs) implements Request {
    public Score {
      continuations = List.copyOf(continuations);
    }
  }
}
