package io.promptmill.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One completion while it is drawn. */
final class Sample {
  private static final int[] NONE = {};

  private final SamplingParams params;
  private final int[] ending;
  private final int maxTokens;
  private final StopCondition stop;
  private final RowSeed seed;
  private final Optional<Penalties> penalties;
  private final IntList tokens = new IntList();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private Optional<FinishReason> finishReason = Optional.empty();

  /**
   * @param ending tokens that end the completion and are left out of it
   * @param maxTokens where to cut, at most what the parameters say
   */
  Sample(
      SamplingParams params,
      int[] prompt,
      int[] ending,
      int maxTokens,
      StopCondition stop,
      RowSeed seed) {
    this.params = params;
    this.ending = ending;
    this.maxTokens = maxTokens;
    this.stop = stop;
    this.seed = seed;
    penalties =
        Penalties.wantedBy(params) ? Optional.of(new Penalties(params, prompt)) : Optional.empty();
  }

  SamplingParams params() {
    return params;
  }

  /** Whether the most likely token is not simply the next one. */
  boolean needsLogits() {
    return params.temperature() > 0.0 || penalties.isPresent() || forbidden().length > 0;
  }

  /** Tokens that may not come yet: those that would end the completion before its least length. */
  int[] forbidden() {
    return tokens.size() < params.minTokens() ? ending : NONE;
  }

  void penalize(float[] logits) {
    penalties.ifPresent(present -> present.apply(logits));
  }

  /** The random number for the next token. */
  double uniform() {
    return seed.uniform(tokens.size());
  }

  /** Draws the next token from an output. */
  int draw(HeadRow row, Sampler sampler) {
    int token = needsLogits() ? sampler.draw(row.logits(), this) : row.argmax();
    if (isEnding(token)) {
      finishReason = Optional.of(FinishReason.STOP);
      return token;
    }
    tokens.add(token);
    penalties.ifPresent(present -> present.drawn(token));
    if (params.logprobs() >= 0) {
      logprobs.add(row.logprob(token, params.logprobs()));
    }
    if (stop.accept(token)) {
      finishReason = Optional.of(FinishReason.STOP);
    } else if (tokens.size() == maxTokens) {
      finishReason = Optional.of(FinishReason.LENGTH);
    }
    return token;
  }

  boolean finished() {
    return finishReason.isPresent();
  }

  Completion completion() {
    return new Completion(tokens.toArray(), finishReason.orElseThrow(), logprobs);
  }

  private boolean isEnding(int token) {
    for (int end : ending) {
      if (end == token) {
        return true;
      }
    }
    return false;
  }
}
