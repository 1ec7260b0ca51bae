package io.promptmill.engine;

import io.promptmill.engine.constraint.ConstrainedText;
import io.promptmill.engine.constraint.TokenConstraint;
import io.promptmill.engine.constraint.TokenMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One completion while it is drawn. */
final class Sample {
  private final SamplingParams params;
  private final int[] ending;
  private final int maxTokens;
  private final StopCondition stop;
  private final RowSeed seed;
  private final Optional<Penalties> penalties;
  private final Optional<ConstrainedText> constrained;
  private final IntList tokens = new IntList();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private Optional<FinishReason> finishReason = Optional.empty();

  /**
   * @param ending tokens that end the completion and are left out of it
   * @param maxTokens where to cut, at most what the parameters say
   * @param constraint what the text must fit; it can be completed in so many tokens, and no ending
   *     token stands for text
   */
  Sample(
      SamplingParams params,
      int[] prompt,
      int[] ending,
      int maxTokens,
      StopCondition stop,
      RowSeed seed,
      Optional<TokenConstraint> constraint) {
    this.params = params;
    this.ending = ending;
    this.maxTokens = maxTokens;
    this.stop = stop;
    this.seed = seed;
    penalties =
        Penalties.wantedBy(params) ? Optional.of(new Penalties(params, prompt)) : Optional.empty();
    constrained = constraint.map(present -> present.begin(maxTokens));
  }

  SamplingParams params() {
    return params;
  }

  /** Whether the most likely token is not simply the next one. */
  boolean needsLogits() {
    return params.temperature() > 0.0
        || penalties.isPresent()
        || constrained.isPresent()
        || (tooShort() && ending.length > 0);
  }

  /** Whether an ending token would end the completion before its least length. */
  private boolean tooShort() {
    return tokens.size() < params.minTokens();
  }

  /**
   * Copies the logits of tokens that may come next and makes the others minus infinity. A
   * constrained text ends where it is complete and either long enough or unable to go on.
   */
  void allow(float[] raw, float[] logits) {
    boolean mayEnd = !tooShort();
    if (constrained.isPresent()) {
      TokenMask allowed = constrained.get().allowed();
      mayEnd = constrained.get().complete() && (mayEnd || allowed.isEmpty());
      Arrays.fill(logits, Float.NEGATIVE_INFINITY);
      allowed.copy(raw, logits);
    } else {
      System.arraycopy(raw, 0, logits, 0, logits.length);
    }
    for (int token : ending) {
      logits[token] = mayEnd ? raw[token] : Float.NEGATIVE_INFINITY;
    }
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
    boolean goesOn = constrained.isEmpty() || constrained.get().accept(token);
    if (stop.accept(token) || !goesOn) {
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
